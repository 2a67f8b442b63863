// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.strategy.pipeline.Pass;
import dev.dryrun.strategy.pipeline.PipelineSchedule;

/// Highest memory of a rank of a stage within a step, found by walking the stage's passes in order.
///
///     allocated = states + workspace + activations + scratch          what the framework's tensors hold
///     reserved  = states + workspace + fragmentation (activations + scratch)   what its allocator took
///     device    = reserved + context                                  what the driver reports
///
/// @param stage of the pipeline
/// @param states lasting bytes by category
/// @param workspaceBytes of the libraries
/// @param activationBytes kept for the backward pass, at the peak
/// @param scratchBytes of the pass that runs at the peak
/// @param reservedBytes of the framework's allocator
/// @param deviceBytes of the process on the device
public record StageMemory(
        int stage,
        StateBytes states,
        double workspaceBytes,
        double activationBytes,
        double scratchBytes,
        double reservedBytes,
        double deviceBytes) {
    /// Memory of a stage that runs that many micro-batches by a schedule.
    public static StageMemory of(MemoryModel model, int stage, PipelineSchedule schedule, int microBatches) {
        int chunks = model.partition().chunks();
        var forward = new MemoryDelta[chunks];
        var backward = new MemoryDelta[chunks];
        for (int chunk = 0; chunk < chunks; chunk++) {
            forward[chunk] = model.forward(stage, chunk);
            backward[chunk] = model.backward(stage, chunk);
        }
        long heldBytes = 0;
        long keptAtPeak = 0;
        long scratchAtPeak = 0;
        for (int code : schedule.order(stage, model.partition().stages(), chunks, microBatches)) {
            MemoryDelta pass = (Pass.isForward(code) ? forward : backward)[Pass.chunk(code)];
            if (heldBytes + pass.peakBytes() > keptAtPeak + scratchAtPeak) {
                keptAtPeak = heldBytes + pass.peakKeptBytes();
                scratchAtPeak = pass.peakWorkspaceBytes();
            }
            heldBytes += pass.netBytes();
        }
        MemoryRules rules = model.rules();
        StateBytes states = model.states(stage);
        double reserved =
                states.total() + rules.workspaceBytes() + rules.fragmentation() * (keptAtPeak + scratchAtPeak);
        return new StageMemory(
                stage,
                states,
                rules.workspaceBytes(),
                keptAtPeak,
                scratchAtPeak,
                reserved,
                reserved + rules.contextBytes());
    }

    public double allocatedBytes() {
        return states.total() + workspaceBytes + activationBytes + scratchBytes;
    }
}
