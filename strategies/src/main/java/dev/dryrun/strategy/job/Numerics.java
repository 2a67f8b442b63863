// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.accelerator.Precision;

/// Number formats of a training beside that of its matrix products.
///
/// @param scaling of operands in fewer than 16 bits
/// @param masterWeights whether the optimizer keeps weights and moments in fp32 where the model's weights are in 16
/// bits
/// @param lossScaling whether gradients are checked for overflow before each update, which is skipped where one is
/// found
/// @param reductionBytes of a gradient as it is reduced over replicas; 0 for as it is accumulated
public record Numerics(Scaling scaling, boolean masterWeights, boolean lossScaling, int reductionBytes) {
    public Numerics {
        if (reductionBytes != 0 && reductionBytes != 2 && reductionBytes != 4) {
            throw new IllegalArgumentException("reductionBytes is " + reductionBytes + "; it must be 0, 2 or 4");
        }
    }

    /// What is usual beside a format of matrix products.
    public static Numerics usual(Precision precision) {
        return new Numerics(Scaling.usual(precision), true, false, 0);
    }
}
