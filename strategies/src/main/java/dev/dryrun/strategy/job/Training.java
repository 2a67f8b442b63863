// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.model.Adapters;
import java.util.OptionalDouble;

/// What is trained how, apart from the hardware and the parallel strategy.
///
/// @param sequenceLength tokens of a sequence
/// @param globalBatch sequences per optimizer step
/// @param precision of the matrix products
/// @param optimizer kind of optimizer
/// @param tokens tokens of the whole training, where days and money are asked for
/// @param fusedOptimizer whether one kernel updates all parameters, else several for each tensor
/// @param numerics number formats beside that of the products
/// @param reduction when gradients are reduced
/// @param localSteps steps between two reductions of parameters, where not of gradients
/// @param interludes data loading and evaluation
/// @param routing how evenly experts are loaded
/// @param adapters what is trained where the model itself is not
/// @param packing of documents into sequences
public record Training(
        long sequenceLength,
        long globalBatch,
        Precision precision,
        Optimizer optimizer,
        OptionalDouble tokens,
        boolean fusedOptimizer,
        Numerics numerics,
        Reduction reduction,
        LocalSteps localSteps,
        Interludes interludes,
        Routing routing,
        Adapters adapters,
        Packing packing) {
    public Training {
        Positive.require("sequenceLength", sequenceLength);
        Positive.require("globalBatch", globalBatch);
    }

    /// As is usual but for what is given.
    public Training(
            long sequenceLength, long globalBatch, Precision precision, Optimizer optimizer, OptionalDouble tokens) {
        this(
                sequenceLength,
                globalBatch,
                precision,
                optimizer,
                tokens,
                true,
                Numerics.usual(precision),
                Reduction.USUAL,
                LocalSteps.NONE,
                Interludes.NONE,
                Routing.EVEN,
                Adapters.NONE,
                Packing.NONE);
    }

    /// The same with another update of the parameters.
    public Training with(Optimizer kind, boolean fused) {
        return new Training(
                sequenceLength,
                globalBatch,
                precision,
                kind,
                tokens,
                fused,
                numerics,
                reduction,
                localSteps,
                interludes,
                routing,
                adapters,
                packing);
    }

    /// The same in other formats.
    public Training with(Precision products, Numerics formats) {
        return new Training(
                sequenceLength,
                globalBatch,
                products,
                optimizer,
                tokens,
                fusedOptimizer,
                formats,
                reduction,
                localSteps,
                interludes,
                routing,
                adapters,
                packing);
    }

    /// The same with other reductions.
    public Training with(Reduction when, LocalSteps between) {
        return new Training(
                sequenceLength,
                globalBatch,
                precision,
                optimizer,
                tokens,
                fusedOptimizer,
                numerics,
                when,
                between,
                interludes,
                routing,
                adapters,
                packing);
    }

    /// The same with other interludes.
    public Training with(Interludes others) {
        return new Training(
                sequenceLength,
                globalBatch,
                precision,
                optimizer,
                tokens,
                fusedOptimizer,
                numerics,
                reduction,
                localSteps,
                others,
                routing,
                adapters,
                packing);
    }

    /// The same with experts loaded otherwise.
    public Training with(Routing other) {
        return new Training(
                sequenceLength,
                globalBatch,
                precision,
                optimizer,
                tokens,
                fusedOptimizer,
                numerics,
                reduction,
                localSteps,
                interludes,
                other,
                adapters,
                packing);
    }

    /// The same with adapters trained in place of the model.
    public Training with(Adapters instead) {
        return new Training(
                sequenceLength,
                globalBatch,
                precision,
                optimizer,
                tokens,
                fusedOptimizer,
                numerics,
                reduction,
                localSteps,
                interludes,
                routing,
                instead,
                packing);
    }

    /// The same with documents packed into sequences.
    public Training with(Packing documents) {
        return new Training(
                sequenceLength,
                globalBatch,
                precision,
                optimizer,
                tokens,
                fusedOptimizer,
                numerics,
                reduction,
                localSteps,
                interludes,
                routing,
                adapters,
                documents);
    }

    public double tokensPerStep() {
        return (double) sequenceLength * globalBatch;
    }

    /// Whether gradients stay whole until the last micro-batch, whatever replicas share out.
    public boolean keepsGradientsWhole() {
        return reduction == Reduction.LAST_MICRO_BATCH;
    }

    /// Whether the optimizer's weights are a copy in fp32 of the model's.
    public boolean hasMasterWeights() {
        return precision.isMixed() && numerics.masterWeights();
    }
}
