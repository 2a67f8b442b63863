// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.ClusterPart;
import dev.dryrun.strategy.job.Reduction;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The rules between the fields of a strategy and the rest of a scenario. A rule is judged only where what it needs was
/// read without a problem.
final class StrategyRules {
    /// A step of more passes than this would take hours to simulate and was not meant.
    private static final long MOST_PASSES = 20_000_000;

    private final StrategyBlock strategy;
    private final @Nullable ModelArchitecture model;
    private final @Nullable Cluster cluster;
    private final Entry clusterEntry;
    private final Training training;
    private final Entry trainingEntry;

    StrategyRules(
            StrategyBlock strategy,
            @Nullable ModelArchitecture model,
            @Nullable Cluster cluster,
            Entry clusterEntry,
            Training training,
            Entry trainingEntry) {
        this.strategy = strategy;
        this.model = model;
        this.cluster = cluster;
        this.clusterEntry = clusterEntry;
        this.training = training;
        this.trainingEntry = trainingEntry;
    }

    /// Reports what cannot be, and returns the number of replicas; 0 where it cannot be said.
    int check() {
        tensorFitsModelAndNode();
        sequenceSplits();
        layersSplit();
        sequenceFitsPositions();
        OffloadBlock.check(strategy.offloadEntry, strategy.offload, cluster, training, trainingEntry);
        int replicas = replicas();
        shardingSaysWhatItShares();
        segmentsStandAlone();
        if (replicas > 0) {
            shardsDivide(replicas);
            reductionsFit(replicas);
            batchSplits(replicas);
        }
        return replicas;
    }

    /// A segment of layers keeps one input for all of them, which neither shared parameters nor copies to the host go
    /// by.
    private void segmentsStandAlone() {
        int layers = strategy.recompute.segment();
        if (layers == 1 || !strategy.entry.isSound("recompute")) {
            return;
        }
        boolean shares = strategy.sharding.sharesParameters();
        if (shares || strategy.offload.activations() > 0) {
            strategy.entry
                    .optionalChild("recompute")
                    .problem(
                            "layers",
                            Integer.toString(layers),
                            "must be 1 where "
                                    + (shares ? "parameters are shared" : "activations go to the host")
                                    + ": each layer keeps its own input then",
                            "1");
        }
    }

    private void tensorFitsModelAndNode() {
        if (!strategy.entry.isSound("tensor")) {
            return;
        }
        String rule = tensorRule(strategy.tensor);
        if (rule != null) {
            LongPredicate fits = tensor -> tensorRule((int) tensor) == null;
            int most = cluster == null ? 64 : cluster.gpus();
            strategy.entry.problem(
                    "tensor", strategy.entry.shown("tensor"), rule, Near.of(strategy.tensor, 1, most, fits));
        }
    }

    private @Nullable String tensorRule(int tensor) {
        for (ClusterPart part : cluster == null ? List.<ClusterPart>of() : cluster.parts()) {
            int gpus = part.node().gpus();
            String node = "the " + gpus + " GPUs of a node (" + part.node().name() + ")";
            if (tensor <= gpus ? gpus % tensor != 0 : tensor % gpus != 0) {
                return tensor <= gpus ? "must divide " + node : "must be a multiple of " + node;
            }
        }
        String problem = model == null ? null : model.problemWith(LayerCut.dense(tensor));
        return problem == null ? null : predicate(problem);
    }

    /// "tensor must divide the 96 heads of gpt, not 5" without its subject and the value, which the message has
    /// already.
    private static String predicate(String sentence) {
        int must = sentence.indexOf("must");
        int not = sentence.lastIndexOf(", not ");
        return must < 0 ? sentence : sentence.substring(must, not < must ? sentence.length() : not);
    }

    private void sequenceSplits() {
        if (!strategy.sequenceParallel || !strategy.entry.isSound("tensor", "sequence_parallel")) {
            return;
        }
        if (strategy.tensor == 1) {
            strategy.entry.problem(
                    "sequence_parallel", "true", "needs a tensor group, and strategy.tensor is 1", "false");
            return;
        }
        long pieces = (long) strategy.tensor * strategy.context;
        if (trainingEntry.isSound("sequence_length") && training.sequenceLength() % pieces != 0) {
            trainingEntry.problem(
                    "sequence_length",
                    trainingEntry.shown("sequence_length"),
                    "must be a multiple of "
                            + (strategy.context > 1
                                    ? "strategy.tensor x strategy.context, " + pieces
                                    : "strategy.tensor, " + pieces)
                            + ", with sequence_parallel",
                    Near.multiples(training.sequenceLength(), pieces));
        }
    }

    private void layersSplit() {
        if (model == null || !strategy.pipeline.isSound("stages", "chunks", "embedding_slots")) {
            return;
        }
        if (strategy.pipeline.has("layers_per_stage")) {
            listedLayersFit(model);
            return;
        }
        int places = model.layers() + (strategy.embeddingSlots ? 2 : 0);
        String what = strategy.embeddingSlots
                ? "the " + places + " layers, embedding and head of "
                : "the " + places + " layers of ";
        boolean chunked = strategy.chunks > 1;
        if (places % ((long) strategy.stages * strategy.chunks) == 0) {
            return;
        }
        boolean stagesAlone = places % strategy.stages == 0;
        String key = stagesAlone ? "chunks" : "stages";
        long written = stagesAlone ? strategy.chunks : strategy.stages;
        long other = stagesAlone ? strategy.stages : strategy.chunks;
        strategy.pipeline.problem(
                key,
                strategy.pipeline.shown(key),
                (chunked ? "stages x chunks = " + strategy.stages + " x " + strategy.chunks + " " : "") + "must divide "
                        + what + model.name(),
                Near.of(written, 1, places, n -> n * other <= places && places % (n * other) == 0));
    }

    private void listedLayersFit(ModelArchitecture of) {
        if (!strategy.pipeline.isSound("layers_per_stage")) {
            return;
        }
        String shown = strategy.layersPerStage.toString();
        if (strategy.embeddingSlots) {
            strategy.pipeline.problem(
                    "embedding_slots", "true", "cannot be with layers_per_stage, which says it all", "false");
            return;
        }
        String problem = StagePartition.problemWithBlocks(
                of.layers(), strategy.stages, strategy.chunks, strategy.layersPerStage);
        if (problem != null) {
            strategy.pipeline.problem("layers_per_stage", shown, problem + " (" + of.name() + ")", "");
        }
    }

    private void sequenceFitsPositions() {
        if (model != null
                && model.embedding().positions() > 0
                && trainingEntry.isSound("sequence_length")
                && training.sequenceLength() > model.embedding().positions()) {
            trainingEntry.problem(
                    "sequence_length",
                    trainingEntry.shown("sequence_length"),
                    "must not exceed the " + model.embedding().positions() + " positions of " + model.name(),
                    Long.toString(model.embedding().positions()));
        }
    }

    /// Replicas that are given or fill the cluster; 0 where that cannot be said.
    private int replicas() {
        if (cluster == null
                || !strategy.entry.isSound("tensor", "context", "data")
                || !strategy.pipeline.isSound("stages")) {
            return 0;
        }
        long replica = strategy.ranksOfReplica();
        int gpus = cluster.gpus();
        String shape = "tensor " + strategy.tensor
                + (strategy.context > 1 ? " x context " + strategy.context : "")
                + (strategy.stages > 1 ? " x stages " + strategy.stages : "");
        String key = clusterEntry.has("parts") ? "parts" : "nodes";
        String shown = cluster.isMixed() ? gpus + " GPUs" : clusterEntry.shown(key);
        String machine = gpus + " GPUs of "
                + cluster.parts().stream()
                        .map(part -> part.nodes() + " x " + part.node().name())
                        .collect(Collectors.joining(" + "));
        if (replica > gpus) {
            long nodes = Math.ceilDiv(replica, cluster.node().gpus());
            clusterEntry.problem(
                    key,
                    shown,
                    shape + " = " + replica + " GPUs must fit the " + machine,
                    cluster.isMixed() ? "" : Long.toString(nodes));
            return 0;
        }
        if (strategy.data == 0) {
            if (gpus % replica != 0) {
                clusterEntry.problem(
                        key,
                        shown,
                        "with data auto the " + machine + " must be a multiple of " + shape + " = " + replica,
                        nodesFor(replica));
                return 0;
            }
            return (int) (gpus / replica);
        }
        if (strategy.data * replica > gpus) {
            strategy.entry.problem(
                    "data",
                    strategy.entry.shown("data"),
                    shape + " x data " + strategy.data + " = " + strategy.data * replica + " GPUs must fit the "
                            + machine,
                    Long.toString(gpus / replica));
            return 0;
        }
        return strategy.data;
    }

    /// How parameters are shared is said only where they are.
    private void shardingSaysWhatItShares() {
        if (strategy.sharding.sharesParameters()
                || !strategy.entry.hasMapping("sharding")
                || !strategy.shardingEntry.isSound("what")) {
            return;
        }
        for (String key : List.of("group", "reshard_after_forward", "prefetch")) {
            if (strategy.shardingEntry.has(key)) {
                strategy.shardingEntry.problem(
                        key,
                        strategy.shardingEntry.shown(key),
                        "is a matter of sharded parameters, and strategy.sharding.what is "
                                + Entry.kebab(strategy.sharding),
                        "what: parameters");
            }
        }
    }

    private void shardsDivide(int replicas) {
        int group = strategy.parameterSharding.group();
        long copies = strategy.copies(replicas);
        if (group > 0 && strategy.sharding.sharesParameters() && copies % group != 0) {
            String whom = strategy.context > 1 ? " ranks of the replicas (data x context)" : " replicas";
            strategy.shardingEntry.problem(
                    "group",
                    strategy.shardingEntry.shown("group"),
                    "must divide the " + copies + whom,
                    Near.of(group, 1, copies, n -> copies % n == 0));
        }
    }

    /// Gradients that are shared out cannot wait for the last micro-batch, and replicas that learn by themselves share
    /// nothing but in groups.
    private void reductionsFit(int replicas) {
        boolean sound = trainingEntry.isSound("reduce", "local_steps") && strategy.entry.isSound("sharding");
        if (!sound) {
            return;
        }
        if (training.keepsGradientsWhole() && strategy.sharding == Sharding.GRADIENTS) {
            trainingEntry.problem(
                    "reduce",
                    trainingEntry.shown("reduce"),
                    "cannot be where each replica keeps a share of the gradients alone (strategy.sharding gradients)",
                    "strategy.sharding optimizer");
        }
        if (!training.localSteps().isLocal()) {
            return;
        }
        int group = strategy.parameterSharding.group();
        boolean grouped = strategy.sharding.sharesParameters() && group > 0 && group < replicas;
        String rule = training.reduction() != Reduction.USUAL
                ? "is with no reduction of gradients, so training.reduce has nothing to say"
                : replicas == 1
                        ? "needs several replicas"
                        : strategy.sharding == Sharding.NONE || grouped
                                ? ""
                                : "needs replicas that share nothing, or groups of them that share their parameters";
        if (!rule.isEmpty()) {
            trainingEntry.problem(
                    "local_steps", "a block", rule, "strategy.sharding none, or what: parameters with group");
        }
    }

    private String nodesFor(long replica) {
        if (cluster == null || cluster.isMixed()) {
            return "";
        }
        int each = cluster.node().gpus();
        return Near.of(cluster.nodes(), 1, 2L * cluster.nodes() + replica, nodes -> nodes * each % replica == 0);
    }

    private void batchSplits(int replicas) {
        if (!strategy.entry.isSound("micro_batch") || !trainingEntry.isSound("global_batch")) {
            return;
        }
        long together = strategy.microBatch * replicas;
        long batch = training.globalBatch();
        if (!strategy.microBatches.isEmpty()) {
            strategy.microBatches.stream().distinct().forEach(this::scheduleRuns);
            return;
        }
        if (batch % together != 0) {
            trainingEntry.problem(
                    "global_batch",
                    trainingEntry.shown("global_batch"),
                    "must be a multiple of data x micro_batch = " + replicas + " x " + strategy.microBatch + " = "
                            + together,
                    Near.multiples(batch, together));
            return;
        }
        scheduleRuns(batch / together);
    }

    private void scheduleRuns(long microBatches) {
        PipelineSchedule schedule = PipelineSchedules.byName(strategy.schedule);
        if (schedule == null || !strategy.pipeline.isSound("stages", "chunks", "schedule")) {
            return;
        }
        long passes = 2 * microBatches * strategy.chunks * strategy.stages;
        if (microBatches > Integer.MAX_VALUE || passes > MOST_PASSES) {
            trainingEntry.problem(
                    "global_batch",
                    trainingEntry.shown("global_batch"),
                    "its " + microBatches + " micro-batches on " + strategy.stages + " stages make more than "
                            + MOST_PASSES + " passes, beyond what is simulated",
                    "");
            return;
        }
        String problem = schedule.problemWith(strategy.stages, strategy.chunks, (int) microBatches);
        if (problem != null) {
            strategy.pipeline.problem("schedule", strategy.pipeline.shown("schedule"), problem, scheduleRemedy());
        }
    }

    private String scheduleRemedy() {
        return strategy.schedule.equals("zb-v") || strategy.schedule.equals("dualpipe-v")
                ? strategy.schedule + " with 2 chunks"
                : strategy.chunks > 1 && !strategy.schedule.startsWith("interleaved")
                        ? "interleaved-1f1b"
                        : "1f1b with 1 chunk";
    }
}
