// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

/// How fused attention approaches its full rate.
///
/// @param halfLength sequence length at which the rate has reached half
/// @param halfBlocks blocks of 128 queries at which the rate has reached half; 0 where nothing is known
public record AttentionCurve(double halfLength, double halfBlocks) {
    public AttentionCurve {
        if (!(halfLength >= 0) || !(halfBlocks >= 0)) {
            throw new IllegalArgumentException(
                    "attention saturates at lengths and blocks of 0 or more, not %s and %s"
                            .formatted(halfLength, halfBlocks));
        }
    }

    /// Share of the full rate, `q/(q + q0) n/(n + n0)`.
    public double share(long queryLength, long blocks) {
        return queryLength / (queryLength + halfLength) * (blocks / (blocks + halfBlocks));
    }
}
