// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

/// How fused attention approaches its full rate, `v q/(q + q0) n/(n + n0)`.
///
/// @param halfLength q0, sequence length at which the rate has reached half
/// @param halfBlocksForward n0, blocks of 128 queries at which the forward rate has reached half; 0 where not known
/// @param halfBlocksBackward the same for the backward pass
/// @param speed v, share of the rate that a limit of power leaves
public record AttentionCurve(double halfLength, double halfBlocksForward, double halfBlocksBackward, double speed) {
    public AttentionCurve {
        if (!(speed > 0 && speed <= 1)) {
            throw new IllegalArgumentException("attention keeps a share of its rate in (0, 1], not " + speed);
        }
        if (!(halfLength >= 0) || !(halfBlocksForward >= 0) || !(halfBlocksBackward >= 0)) {
            throw new IllegalArgumentException(
                    "attention saturates at lengths and blocks of 0 or more, not %s, %s and %s"
                            .formatted(halfLength, halfBlocksForward, halfBlocksBackward));
        }
    }

    /// A part at its own limit of power.
    public AttentionCurve(double halfLength, double halfBlocksForward, double halfBlocksBackward) {
        this(halfLength, halfBlocksForward, halfBlocksBackward, 1);
    }

    /// The same at a share of the speed.
    AttentionCurve slowed(double share) {
        return new AttentionCurve(halfLength, halfBlocksForward, halfBlocksBackward, share * speed);
    }

    /// Share of the full rate of a forward pass.
    public double forwardShare(long queryLength, long blocks) {
        return speed * queryLength / (queryLength + halfLength) * (blocks / (blocks + halfBlocksForward));
    }

    /// Share of the full rate of a backward pass.
    public double backwardShare(long queryLength, long blocks) {
        return speed * queryLength / (queryLength + halfLength) * (blocks / (blocks + halfBlocksBackward));
    }
}
