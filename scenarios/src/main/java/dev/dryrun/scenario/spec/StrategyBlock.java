// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.strategy.job.ContextExchange;
import dev.dryrun.strategy.job.Offload;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The block `strategy` as it is written, each field in its own bounds; `data` may still be open.
final class StrategyBlock {
    static final int MOST_RANKS = 1 << 20;
    private static final int MOST_STAGES = 1 << 12;
    private static final int MOST_CHUNKS = 512;
    private static final int MOST_LAYERS = 1 << 20;
    private static final int MOST_MICRO_BATCHES = 1 << 24;
    private static final String DEFAULT_SCHEDULE = "1f1b";
    private static final String BOTH_WAYS = "dualpipe";
    private static final String ONE_OF_BOTH_WAYS = "dualpipe-v";

    final Entry entry;
    final Entry pipeline;
    final int tensor;
    /// Ranks that share the tokens of a sequence.
    final int context;
    /// Ranks over which the experts of a layer are dealt out.
    final int expert;
    /// Ranks that share an expert; as many as share other matrices where absent.
    final int expertTensor;
    final ContextExchange contextExchange;
    final RankOrder order;
    final boolean sequenceParallel;
    /// DualPipe with two copies of the model, on p stages: micro-batches come in from both ends, and a rank holds a
    /// stage from either. Its two directions mirror each other and share nothing but the sum of their gradients, so
    /// each is DualPipeV on p/2 stages, and there are twice as many replicas: the same ranks, blocks on each, bubble
    /// and activations. Source: DeepSeek-AI, 2024, arXiv:2412.19437, section 3.2.1 and table 2.
    final boolean bothWays;

    private final int stagesWritten;
    final int stages;
    final String schedule;
    final int chunks;
    final boolean embeddingSlots;
    /// Layers of each stage, or of each chunk in the order of the forward pass; empty where they are spread evenly.
    final List<Integer> layersPerStage;
    /// Replicas; 0 for `auto`.
    final int data;
    final Sharding sharding;
    /// The block `sharding`, or an empty one where it is a word or absent.
    final Entry shardingEntry;
    final ParameterSharding parameterSharding;
    final long microBatch;
    /// Micro-batches of each replica; empty where all have as many.
    final List<Integer> microBatches;
    final RecomputeChoice recompute;
    final Entry offloadEntry;
    final Offload offload;

    StrategyBlock(Entry entry) {
        this.entry = entry;
        tensor = (int) entry.integer("tensor", 1, MOST_RANKS, 1);
        context = (int) entry.integer("context", 1, MOST_RANKS, 1);
        contextExchange = entry.choice("context_exchange", ContextExchange.class, ContextExchange.RING);
        expert = (int) entry.integer("expert", 1, MOST_RANKS, 1);
        expertTensor = (int) entry.integer("expert_tensor", 1, MOST_RANKS, tensor);
        order = RankOrder.read(entry);
        sequenceParallel = entry.flag("sequence_parallel", false);
        pipeline = entry.optionalChild("pipeline");
        stagesWritten = pipeline.keys().isEmpty() ? 1 : (int) pipeline.integer("stages", 1, MOST_STAGES);
        String scheduleWritten = pipeline.word("schedule", schedules(), DEFAULT_SCHEDULE);
        int chunksWritten = (int) pipeline.integer("chunks", 1, MOST_CHUNKS, 1);
        bothWays = scheduleWritten.equals(BOTH_WAYS);
        stages = bothWays ? Math.max(1, stagesWritten / 2) : stagesWritten;
        schedule = bothWays ? ONE_OF_BOTH_WAYS : scheduleWritten;
        chunks = bothWays ? 2 : chunksWritten;
        if (bothWays) {
            checkBothWays();
        }
        embeddingSlots = pipeline.flag("embedding_slots", false);
        layersPerStage = pipeline.integers("layers_per_stage", 0, MOST_LAYERS);
        pipeline.rejectUnknownKeys();
        data = isAuto(entry) ? 0 : (bothWays ? 2 : 1) * (int) entry.integer("data", 1, MOST_RANKS, 1);
        if (entry.hasMapping("sharding")) {
            shardingEntry = entry.optionalChild("sharding");
            sharding = shardingEntry.choice("what", Sharding.class);
            parameterSharding = parameterSharding(shardingEntry);
        } else {
            shardingEntry = entry;
            sharding = entry.choice("sharding", Sharding.class, Sharding.NONE);
            parameterSharding = ParameterSharding.USUAL;
        }
        microBatch = entry.integer("micro_batch", 1, TrainingReader.LARGEST_BATCH, 1);
        microBatches = entry.integers("micro_batches", 1, MOST_MICRO_BATCHES);
        recompute = RecomputeBlock.read(entry);
        offloadEntry = entry.optionalChild("offload");
        offload = OffloadBlock.read(offloadEntry);
        entry.rejectUnknownKeys();
    }

    private static List<String> schedules() {
        List<String> names = new ArrayList<>(PipelineSchedules.names());
        names.add(BOTH_WAYS);
        return names;
    }

    private void checkBothWays() {
        if (stagesWritten % 2 != 0 && pipeline.isSound("stages")) {
            pipeline.problem(
                    "stages",
                    pipeline.shown("stages"),
                    "must be even where the schedule is dualpipe, as each rank holds a stage from either end",
                    (stagesWritten - 1) + " or " + (stagesWritten + 1));
        }
        if (pipeline.has("chunks") && pipeline.isSound("chunks")) {
            pipeline.problem(
                    "chunks",
                    pipeline.shown("chunks"),
                    "are two in the schedule dualpipe, a stage from either end, and are not asked for",
                    "no chunks");
        }
    }

    private static ParameterSharding parameterSharding(Entry block) {
        ParameterSharding usual = ParameterSharding.USUAL;
        var sharding = new ParameterSharding(
                (int) block.integer("group", 1, MOST_RANKS, usual.group()),
                block.flag("reshard_after_forward", usual.reshardAfterForward()),
                block.flag("prefetch", usual.prefetch()));
        block.rejectUnknownKeys();
        return sharding;
    }

    private static boolean isAuto(Entry entry) {
        return !entry.has("data") || entry.hasWord("data", "auto");
    }

    /// GPUs of one replica.
    long ranksOfReplica() {
        return (long) tensor * context * stages;
    }

    /// Ranks that hold the same weights, those of experts apart, with so many replicas.
    long copies(int replicas) {
        return (long) context * replicas;
    }

    private RankGrid grid(int replicas) {
        return new RankGrid(tensor, context, stages, replicas, expert, expertTensor, order.dimensions());
    }

    ParallelStrategy with(int replicas) {
        int group = parameterSharding.group();
        ParameterSharding divided = group > 0 && copies(replicas) % group == 0
                ? parameterSharding
                : new ParameterSharding(0, parameterSharding.reshardAfterForward(), parameterSharding.prefetch());
        return new ParallelStrategy(
                grid(replicas),
                sequenceParallel,
                schedule,
                chunks,
                embeddingSlots,
                sharding,
                microBatch,
                recompute,
                layersPerStage,
                divided,
                contextExchange,
                offload,
                microBatches);
    }

    /// A word, or a block where there is more to say than that.
    private static Object plainSharding(ParallelStrategy strategy) {
        String what = Entry.kebab(strategy.sharding());
        if (!strategy.sharding().sharesParameters()) {
            return what;
        }
        ParameterSharding sharding = strategy.parameterSharding();
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("what", what);
        if (sharding.group() > 0) {
            plain.put("group", sharding.group());
        }
        plain.put("reshard_after_forward", sharding.reshardAfterForward());
        plain.put("prefetch", sharding.prefetch());
        return plain;
    }

    private static void plainGrid(Map<String, Object> plain, RankGrid grid) {
        if (grid.context() > 1) {
            plain.put("context", grid.context());
        }
        if (grid.placesExpertsApart()) {
            plain.put("expert", grid.expert());
            plain.put("expert_tensor", grid.expertTensor());
        }
        if (!grid.order().equals(RankGrid.USUAL)) {
            plain.put("order", new RankOrder(grid.order()).words());
        }
    }

    /// The block with everything filled in, as plain values.
    static Map<String, Object> plain(ParallelStrategy strategy) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("tensor", strategy.tensor());
        plainGrid(plain, strategy.grid());
        if (strategy.context() > 1) {
            plain.put("context_exchange", Entry.kebab(strategy.contextExchange()));
        }
        plain.put("sequence_parallel", strategy.sequenceParallel());
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("stages", strategy.stages());
        pipeline.put("schedule", strategy.schedule());
        pipeline.put("chunks", strategy.chunks());
        pipeline.put("embedding_slots", strategy.embeddingSlots());
        if (!strategy.layersOfBlocks().isEmpty()) {
            pipeline.put("layers_per_stage", strategy.layersOfBlocks());
        }
        plain.put("pipeline", pipeline);
        plain.put("data", strategy.data());
        plain.put("sharding", plainSharding(strategy));
        plain.put("micro_batch", strategy.microBatch());
        if (!strategy.microBatchesOfReplicas().isEmpty()) {
            plain.put("micro_batches", strategy.microBatchesOfReplicas());
        }
        plain.put("recompute", RecomputeBlock.plain(strategy.recompute()));
        if (!strategy.offload().isNone()) {
            plain.put("offload", OffloadBlock.plain(strategy.offload()));
        }
        return plain;
    }
}
