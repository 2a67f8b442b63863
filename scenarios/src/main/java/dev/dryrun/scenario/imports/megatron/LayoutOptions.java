// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The blocks `cluster` and `strategy`: how the model is cut, over how many GPUs.
final class LayoutOptions {
    private static final int MOST_RANKS = 1 << 18;
    private static final int MOST_STAGES = 1 << 12;
    /// What is said of stages, where there are several.
    private static final List<String> OF_STAGES = List.of(
            "--num-layers-per-virtual-pipeline-stage",
            "--num-virtual-stages-per-pipeline-rank",
            "--decoder-first-pipeline-num-layers",
            "--decoder-last-pipeline-num-layers",
            "--account-for-embedding-in-pipeline-split",
            "--account-for-loss-in-pipeline-split",
            "--pipeline-model-parallel-layout");

    private final Reading reading;

    private LayoutOptions(Reading reading) {
        this.reading = reading;
    }

    static void read(Reading reading) {
        new LayoutOptions(reading).read();
    }

    private void read() {
        cluster();
        Long tensor =
                reading.copy("strategy.tensor", 1, MOST_RANKS, "--tensor-model-parallel-size", "--model-parallel-size");
        Option sequence = reading.find("--sequence-parallel");
        if (sequence != null && tensor != null && tensor > 1) {
            reading.set("strategy.sequence_parallel", true, sequence);
        } else if (sequence != null) {
            sequence.free("there is no tensor group, and Megatron-LM turns it off");
        }
        SpreadOptions.read(reading);
        pipeline();
        reading.copy("strategy.micro_batch", 1, 1L << 30, "--micro-batch-size", "--batch-size");
        if (!reading.has("--micro-batch-size", "--batch-size")) {
            reading.leaveOpen("strategy.micro_batch", "the launch has no --micro-batch-size");
        }
        data();
        ShardingOptions.read(reading);
        RecomputeOptions.read(reading);
    }

    private void cluster() {
        Machines.Count perNode = reading.machines().perNode();
        String each = perNode == null ? "" : " of " + perNode.value() + " GPUs";
        reading.leaveOpen("cluster.node", "the machine" + each + ", which no script names; --node NAME");
        Machines.Count nodes = reading.machines().nodes();
        if (nodes == null) {
            reading.leaveOpen("cluster.nodes", reading.machines().whyNot());
            return;
        }
        String remark = nodes.from() + (perNode == null ? "" : ", " + perNode.value() + " GPUs each");
        reading.setAt("cluster.nodes", nodes.value(), nodes.at(), remark);
    }

    private void pipeline() {
        Option stages = reading.find("--pipeline-model-parallel-size", "--pipe-parallel-size");
        Long number = stages == null ? null : reading.number(stages, 0, MOST_STAGES);
        boolean off = reading.has("--no-pipeline-parallel");
        if (stages == null || off || (number != null && number <= 1)) {
            for (String name : OF_STAGES) {
                Option option = reading.find(name);
                if (option != null) {
                    option.free("there is one stage");
                }
            }
            return;
        }
        reading.copy("strategy.pipeline.stages", 2, MOST_STAGES, stages.name());
        if (number == null) {
            return;
        }
        Option layout = reading.find("--pipeline-model-parallel-layout");
        if (layout != null) {
            WrittenLayout.read(reading, layout, number);
            return;
        }
        boolean slots = EmbeddingSlots.read(reading, number);
        StageLayers.read(reading, number, chunks(number, slots), slots);
    }

    private long chunks(long stages, boolean slots) {
        Option perRank = reading.find("--num-virtual-stages-per-pipeline-rank");
        Option perChunk = reading.find("--num-layers-per-virtual-pipeline-stage");
        Long chunks = null;
        Option from = perRank != null ? perRank : perChunk;
        if (perRank != null) {
            chunks = reading.number(perRank, 1, 512);
        } else if (perChunk != null) {
            chunks = chunksOf(perChunk, stages, slots);
        }
        if (from == null || chunks == null || chunks == 1) {
            return 1;
        }
        reading.set("strategy.pipeline.schedule", "interleaved-1f1b", from);
        reading.set("strategy.pipeline.chunks", chunks, from);
        return chunks;
    }

    private @Nullable Long chunksOf(Option perChunk, long stages, boolean slots) {
        Long layers = reading.number(perChunk, 1, 10_000);
        long places = reading.drafted("model.layers", 0) + (slots ? 2 : StageLayers.slots(reading));
        if (layers == null || places == 0) {
            return null;
        }
        if (places % (stages * layers) != 0) {
            reading.problem(
                    perChunk,
                    Long.toString(layers),
                    "stages x layers of a chunk = " + stages + " x " + layers + " must divide the " + places + " layers"
                            + (slots ? ", embedding and head" : ""),
                    "");
            return null;
        }
        return places / stages / layers;
    }

    /// As many replicas as the GPUs leave; a number where the script says how many GPUs there are, so that a machine
    /// with another number of GPUs per node does not change it.
    private void data() {
        long gpus = reading.machines().gpus();
        long replica = reading.drafted("strategy.tensor", 1)
                * reading.drafted("strategy.context", 1)
                * reading.drafted("strategy.pipeline.stages", 1);
        if (gpus > 0 && gpus % replica == 0) {
            reading.assume("strategy.data", gpus / replica, gpus + " GPUs / " + replica + " of a replica");
        } else {
            reading.assume("strategy.data", "auto", "what the GPUs leave");
        }
    }
}
