// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import dev.dryrun.hardware.accelerator.Accelerator;

/// When a chip in a loop of equal kernels reaches its power limit, as measurements show.
///
/// A kernel benchmark starts cool; a training step does not. H100 begins to give way at 0.4 ms and has done so at 3.2
/// ms; B200, which must give up a fifth of its rate, at 1 ms already.
///
/// @param burstBelowSeconds kernels shorter than this run at the burst clock
/// @param sustainedFromSeconds kernels at least this long run at the sustained one; between them it goes with the
/// logarithm of the time
record ClockByDuration(double burstBelowSeconds, double sustainedFromSeconds) {
    private static final double MUCH = 0.9;

    static ClockByDuration of(Accelerator accelerator) {
        return accelerator.gemm().sustainedClock() < MUCH
                ? new ClockByDuration(0.4e-3, 1e-3)
                : new ClockByDuration(0.4e-3, 3.2e-3);
    }

    /// @param burstSeconds what a kernel would take at the burst clock
    /// @param sustainedSeconds what it would take at the sustained one
    double seconds(double burstSeconds, double sustainedSeconds) {
        double share = Math.log(burstSeconds / burstBelowSeconds) / Math.log(sustainedFromSeconds / burstBelowSeconds);
        double hot = Math.clamp(share, 0, 1);
        return burstSeconds + hot * (sustainedSeconds - burstSeconds);
    }
}
