// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.accelerator.Precision;
import java.util.OptionalDouble;

/// What is trained how, apart from the hardware and the parallel strategy.
///
/// @param sequenceLength tokens of a sequence
/// @param globalBatch sequences per optimizer step
/// @param precision of the matrix products
/// @param optimizer kind of optimizer
/// @param tokens tokens of the whole training, where days and money are asked for
public record Training(
        long sequenceLength, long globalBatch, Precision precision, Optimizer optimizer, OptionalDouble tokens) {
    public Training {
        Positive.require("sequenceLength", sequenceLength);
        Positive.require("globalBatch", globalBatch);
    }

    public double tokensPerStep() {
        return (double) sequenceLength * globalBatch;
    }
}
