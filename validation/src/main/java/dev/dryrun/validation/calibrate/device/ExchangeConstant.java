// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

/// What exchanges between two ranks of a node are fitted by, each with where the search begins, in SI.
enum ExchangeConstant {
    /// Seconds of any exchange; a message has no other latency.
    BASE(50e-6),
    /// Seconds of a step of a ring: one of an all-gather or reduce-scatter, two of an all-reduce.
    HOP(50e-6),
    /// Bytes a second that a message moves.
    RATE(1e9),
    /// Share of that rate that an all-reduce of two reaches.
    PAIR(0.5),
    /// Bytes of an all-gather or reduce-scatter before its stages overlap.
    FILL(1 << 18);

    private static final double WIDEST = 10;
    private static final double SMALLEST_SHARE = 0.001;

    private final double start;

    ExchangeConstant(double start) {
        this.start = start;
    }

    /// Its value.
    ///
    /// @param logs of constants over where their search begins
    double in(double[] logs) {
        double value = start * Math.exp(Math.clamp(logs[ordinal()], -WIDEST, WIDEST));
        return this == PAIR ? Math.clamp(value, SMALLEST_SHARE, 1) : value;
    }
}
