// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.sim.program.Block;
import dev.dryrun.sim.program.Categories;
import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.sim.program.MemoryTimeline;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.sim.program.StepTables;
import dev.dryrun.strategy.pipeline.Pass;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.recompute.RecomputedLayer;
import java.util.List;

/// Programs that hold nothing but the memory of passes, in the order of a schedule.
final class Passes {
    private Passes() {}

    static StageMemory memory(MemoryModel model, int stage, PipelineSchedule schedule, int microBatches) {
        StepTables tables = new StepTables(new Categories(List.of("all"), 0, 0));
        ProgramBuilder program = tables.program(1);
        int chunks = model.partition().chunks();
        for (int code : schedule.order(stage, model.partition().stages(), chunks, microBatches)) {
            int chunk = Pass.chunk(code);
            MemoryDelta pass = switch (Pass.direction(code)) {
                case FORWARD -> forward(model, stage, chunk);
                case BACKWARD -> backward(model, stage, chunk);
                case INPUT_GRADIENT -> inputGradient(model, stage, chunk);
                case WEIGHT_GRADIENT -> weightGradient(model, stage, chunk);
            };
            program.block(0, Block.memory(1, pass), Program.NONE, "pass", Pass.microBatch(code));
        }
        return StageMemory.of(model, stage, MemoryTimeline.of(program.build(), tables));
    }

    /// Memory of the forward pass of a micro-batch through a chunk of equal layers.
    static MemoryDelta forward(MemoryModel model, int stage, int chunk) {
        MemoryDelta pass = model.partition().hasEmbedding(stage, chunk) ? model.embeddingForward() : MemoryDelta.NONE;
        for (RecomputedLayer layer : model.layers(stage, chunk)) {
            pass = pass.then(model.layerForward(layer));
        }
        return model.partition().hasHead(stage, chunk) ? pass.then(model.headForward()) : pass;
    }

    /// Memory of the backward pass of a micro-batch through a chunk.
    static MemoryDelta backward(MemoryModel model, int stage, int chunk) {
        MemoryDelta pass = model.partition().hasHead(stage, chunk) ? model.headBackward() : MemoryDelta.NONE;
        for (RecomputedLayer layer : model.layers(stage, chunk).reversed()) {
            pass = pass.then(model.layerBackward(layer));
        }
        return model.partition().hasEmbedding(stage, chunk) ? pass.then(model.embeddingBackward()) : pass;
    }

    /// Memory of the input-gradient pass of a micro-batch through a chunk.
    static MemoryDelta inputGradient(MemoryModel model, int stage, int chunk) {
        MemoryDelta pass = model.partition().hasHead(stage, chunk) ? model.headInputGradient() : MemoryDelta.NONE;
        for (RecomputedLayer layer : model.layers(stage, chunk).reversed()) {
            pass = pass.then(model.layerInputGradient(layer));
        }
        return model.partition().hasEmbedding(stage, chunk) ? pass.then(model.embeddingInputGradient()) : pass;
    }

    /// Memory of the weight-gradient pass of a micro-batch through a chunk.
    static MemoryDelta weightGradient(MemoryModel model, int stage, int chunk) {
        MemoryDelta pass = model.partition().hasHead(stage, chunk) ? model.headWeightGradient() : MemoryDelta.NONE;
        for (RecomputedLayer layer : model.layers(stage, chunk).reversed()) {
            pass = pass.then(model.layerWeightGradient(layer));
        }
        return model.partition().hasEmbedding(stage, chunk) ? pass.then(model.embeddingWeightGradient()) : pass;
    }
}
