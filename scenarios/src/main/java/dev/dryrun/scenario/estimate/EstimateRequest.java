// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.strategy.estimate.ActivationBytes;
import dev.dryrun.strategy.estimate.ModelCut;
import dev.dryrun.strategy.estimate.ModelFigures;
import dev.dryrun.strategy.estimate.TrainingStates;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What is estimated, with everything filled in that was left open.
///
/// @param model whose training and inference it is
/// @param training how much is trained, how fast, for how long
/// @param setup how it is trained
/// @param accelerator that it runs on, where one is named
/// @param serving what inference keeps
/// @param assumed what was left open and filled in
public record EstimateRequest(
        ModelFigures model,
        Training training,
        Setup setup,
        Optional<Accelerator> accelerator,
        Serving serving,
        List<String> assumed) {
    public EstimateRequest {
        assumed = List.copyOf(assumed);
    }

    /// Extent of the training.
    ///
    /// @param tokens that are trained
    /// @param budgetFlops that were given, and from which the tokens follow
    /// @param speed of a GPU, where it is known
    /// @param gpus that train
    /// @param deadlineDays after which it has to be done, which asks for the number of GPUs
    /// @param usdPerGpuHour price
    public record Training(
            double tokens,
            OptionalDouble budgetFlops,
            Optional<Speed> speed,
            OptionalLong gpus,
            OptionalDouble deadlineDays,
            OptionalDouble usdPerGpuHour) {}

    /// Layout, formats and batch of the training.
    ///
    /// @param states what lasts from step to step
    /// @param cut how the ranks of a replica share the model
    /// @param data replicas
    /// @param sequenceLength tokens of a sequence
    /// @param microBatch sequences of a forward pass
    /// @param recompute what is computed again, as far as time depends on it
    /// @param attention whether scores are written
    public record Setup(
            TrainingStates states,
            ModelCut cut,
            int data,
            long sequenceLength,
            long microBatch,
            Recompute recompute,
            Stack.Attention attention) {
        ActivationBytes activations() {
            return new ActivationBytes(
                    cut, sequenceLength, microBatch, states.format().products(), attention == Stack.Attention.FLASH);
        }
    }

    /// Inference.
    ///
    /// @param sequences that are served at a time
    /// @param keyValueBits of an element of keys and values
    public record Serving(long sequences, long keyValueBits) {}
}
