// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// The rule by which a pipeline stage orders its passes.
///
/// The placement says which block of the model a chunk of a stage is; a micro-batch goes forward through the blocks in
/// rising order and backward in falling order. What a schedule promises:
///
/// - every micro-batch passes forward and backward once through each chunk of each stage; the backward pass may be two,
///   of the gradient of the input and later that of the weights;
/// - stages that only wait for their inputs never wait for each other in a circle;
/// - a stage receives activations (and gradients) from a neighbour in the order in which that neighbour sends them.
///
/// A stage whose sends and receives share one in-order stream with rendezvous would still lock up in 1F1B (one sends an
/// activation while its neighbour sends a gradient): activations and gradients need streams of their own, or a
/// batched exchange.
public interface PipelineSchedule {
    /// Name in scenarios, for example `1f1b`.
    String name();

    /// Why this schedule cannot run with these counts, as "... must ...", or null where it can.
    @Nullable
    String problemWith(int stages, int chunks, int microBatches);

    /// The passes of a stage in the order in which it runs them, each as a `Pass` code.
    int[] order(int stage, int stages, int chunks, int microBatches);

    /// Where the blocks of the model are.
    default BlockPlacement placement() {
        return BlockPlacement.LOOPED;
    }

    /// Whether messages always run beside the passes, whatever the stack does with other schedules: weight gradients
    /// fill the time of messages, and stages that waited for each message would wait in a circle.
    default boolean overlapsMessages() {
        return false;
    }

    /// Whether a stage begins the next step while others still end this one: its bubble is counted from its own first
    /// pass to its own last, and nothing may make all stages wait between steps. A step then takes what it adds to the
    /// one before. Source: Qi et al., 2023, arXiv:2401.10241, section 4 (no synchronisation of the optimizer).
    default boolean stepsOverlap() {
        return false;
    }

    /// Whether a forward and the backward pass after it exchange their messages together, in one go.
    default boolean exchangesInPairs(int stages, int chunks, int microBatches) {
        return false;
    }

    /// Whether a forward and the whole backward pass after it begin when both their inputs are there and end together.
    default boolean runsInPairs() {
        return false;
    }
}
