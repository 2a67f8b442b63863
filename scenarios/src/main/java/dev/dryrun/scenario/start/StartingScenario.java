// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.scenario.imports.ScenarioDraft;
import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.Locale;

/// The draft of a first scenario: answers and a chosen strategy, each with a remark that says why.
final class StartingScenario {
    private static final double GIB = 0x1p30;

    private final Answers answers;
    private final TrainingJob job;
    private final StartingStrategy.Choice choice;
    private final Position place;
    private final ScenarioDraft draft = new ScenarioDraft();

    StartingScenario(Answers answers, TrainingJob job, StartingStrategy.Choice choice) {
        this.answers = answers;
        this.job = job;
        this.choice = choice;
        place = answers.place();
    }

    ScenarioDraft draft() {
        draft.set("schema", "dryrun/scenario/1", place);
        int gpus = job.cluster().gpus();
        answer(Field.NAME, "");
        answer(
                Field.MODEL,
                String.format(
                        Locale.ROOT, "%.3g billion parameters", job.model().parameters() / 1e9));
        answer(Field.NODE, job.cluster().node().gpus() + " GPUs");
        answer(Field.NODES, gpus + " GPUs in all");
        answer(Field.FABRIC, "");
        answer(Field.SEQUENCE_LENGTH, "tokens");
        answer(Field.GLOBAL_BATCH, "sequences");
        answer(Field.PRECISION, "");
        set("training.optimizer", Entry.kebab(job.training().optimizer()), "");
        answer(Field.TOKENS, "of the whole training, for days and GPU hours");
        strategy(choice.strategy());
        answer(Field.STACK, "what the software fuses and overlaps: dryrun catalog stacks");
        answer(Field.SITE, "what the network delivers: dryrun catalog sites");
        return draft;
    }

    private void strategy(ParallelStrategy strategy) {
        set("strategy.tensor", (long) strategy.tensor(), tensorRemark(strategy));
        if (strategy.tensor() > 1) {
            set("strategy.sequence_parallel", strategy.sequenceParallel(), sequenceRemark(strategy));
        }
        if (strategy.stages() > 1) {
            pipeline(strategy);
        }
        long replicas = job.cluster().gpus() / ((long) strategy.tensor() * strategy.stages());
        if (strategy.data() == replicas && strategy.ranks() == job.cluster().gpus()) {
            set("strategy.data", "auto", replicas + " replicas, as many as the GPUs leave");
        } else {
            set("strategy.data", (long) strategy.data(), "no more divide the batch; GPUs stay idle");
        }
        set(
                "strategy.sharding",
                Entry.kebab(strategy.sharding()),
                strategy.sharding() == Sharding.NONE ? "" : "replicas share out the optimizer's state");
        set("strategy.micro_batch", strategy.microBatch(), microBatchRemark(strategy));
        set("strategy.recompute", Entry.kebab(strategy.recompute().kind()), recomputeRemark(strategy));
    }

    private String tensorRemark(ParallelStrategy strategy) {
        if (answers.has(Field.TENSOR) || answers.has(Field.STAGES)) {
            return "";
        }
        int gpus = strategy.tensor() * strategy.stages();
        return gpus == 1
                ? "a GPU has room for the whole model"
                : "a replica of " + gpus + " GPUs is the smallest that divides and fits"
                        + (strategy.recompute().kind() == Recompute.FULL ? "" : " without full recomputation");
    }

    private static String sequenceRemark(ParallelStrategy strategy) {
        return strategy.sequenceParallel() ? "saves activations and adds no traffic" : "the sequence does not divide";
    }

    private void pipeline(ParallelStrategy strategy) {
        set("strategy.pipeline.stages", (long) strategy.stages(), layersRemark(strategy));
        set("strategy.pipeline.schedule", strategy.schedule(), "");
        if (strategy.chunks() > 1) {
            set(
                    "strategy.pipeline.chunks",
                    (long) strategy.chunks(),
                    "slices of layers a stage; the bubble is so many times shorter");
        }
        if (strategy.embeddingSlots()) {
            set("strategy.pipeline.embedding_slots", true, "so that the stages are even");
        }
    }

    private String layersRemark(ParallelStrategy strategy) {
        int places = job.model().layers() + (strategy.embeddingSlots() ? 2 : 0);
        return places / strategy.stages() + " of " + places
                + (strategy.embeddingSlots() ? " layers, embedding and head" : " layers") + " a stage";
    }

    private String microBatchRemark(ParallelStrategy strategy) {
        long count = strategy.microBatches(job.training().globalBatch());
        return count == 1 ? "one for each replica and step" : count + " for each replica and step";
    }

    private String recomputeRemark(ParallelStrategy strategy) {
        MemoryUse memory = choice.memory();
        String room = String.format(
                Locale.ROOT,
                "%.1f of %.1f GiB on the fullest GPU",
                memory.fullest().deviceBytes() / GIB,
                memory.capacityBytes() / GIB);
        if (answers.has(Field.RECOMPUTE)) {
            return room;
        }
        return switch (strategy.recompute().kind()) {
            case NONE -> room;
            case SELECTIVE -> "the attention core, else it would not fit; " + room;
            case FULL -> "every layer, else a replica would need far more GPUs; " + room;
        };
    }

    private void answer(Field field, String remark) {
        if (answers.has(field)) {
            set(field.key(), answers.value(field), remark);
        }
    }

    private void set(String key, Object value, String remark) {
        draft.set(key, value, place, remark);
    }
}
