// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.hardware.collective.PartCollectives;
import dev.dryrun.hardware.collective.tuner.Tuners;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.program.StepTables;
import dev.dryrun.strategy.job.Equipment;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/// Compiles a training job to the step that its ranks execute: one program for each stage, and the groups of all ranks.
public final class StepCompiler {
    /// In which ranks meet within a layer.
    private static final List<Integer> SLOTS_OF_LAYERS =
            List.of(Layout.TENSOR, Layout.CONTEXT, Layout.EXPERT, Layout.EXPERT_TENSOR);

    private final TrainingJob job;
    private final Detail detail;
    private final Grain grain;
    private final TransferRule rule;
    private final Layout layout;
    private final StagePartition partition;

    /// With collectives as a whole.
    ///
    /// @throws IllegalArgumentException if the schedule is unknown or cannot run with the job's sizes
    public StepCompiler(TrainingJob job, Detail detail) {
        this(job, detail, Grain.FLUID);
    }

    /// @param grain of the collectives; chunk by chunk needs a finer detail than whole passes, in which they are
    /// hidden,
    ///     and every rank as a member
    /// @throws IllegalArgumentException if the schedule is unknown or cannot run with the job's sizes
    public StepCompiler(TrainingJob job, Detail detail, Grain grain) {
        this(job, detail, grain, TransferRule.REAL);
    }

    /// With collectives as a whole, of which only what a rule says takes time.
    public StepCompiler(TrainingJob job, Detail detail, TransferRule rule) {
        this(job, detail, Grain.FLUID, rule);
    }

    private StepCompiler(TrainingJob job, Detail detail, Grain grain, TransferRule rule) {
        if (grain == Grain.CHUNKED && detail == Detail.CHUNK) {
            throw new IllegalArgumentException("collectives are inside the instructions of whole passes");
        }
        this.job = job;
        this.detail = detail;
        this.grain = grain;
        this.rule = rule;
        var strategy = job.strategy();
        partition = strategy.partition(job.model().layers());
        layout = new Layout(
                strategy.grid(),
                messages(partition),
                job.model().tiedHead() && partition.partsEmbeddingFromHead(),
                strategy.isHybrid() ? strategy.shards() : strategy.grid().copies());
    }

    private static Layout.Messages messages(StagePartition partition) {
        return switch (partition.placement()) {
            case LOOPED -> partition.chunks() > 1 ? Layout.Messages.ROUND : Layout.Messages.DOWN;
            case FOLDED -> partition.chunks() > 1 ? Layout.Messages.DOWN_AND_UP : Layout.Messages.DOWN;
        };
    }

    public Layout layout() {
        return layout;
    }

    public StagePartition partition() {
        return partition;
    }

    /// The step with every rank as a member; `Fold.of` makes it small.
    public StepPlan compile() {
        return compile(1, StepKind.TRAINING);
    }

    /// A step of another kind.
    public StepPlan compile(StepKind kind) {
        return compile(1, kind);
    }

    /// Two steps, the second of which stages begin before all have ended the first; empty where a step takes as long as
    /// from its first pass to the end of its last anyway.
    public Optional<StepPlan> compileOverlappingSteps() {
        return schedule().stepsOverlap() && layout.stages() > 1
                ? Optional.of(compile(2, StepKind.TRAINING))
                : Optional.empty();
    }

    /// Times of the layers on each part of the cluster that the job uses, by its number.
    public SortedMap<Integer, LayerTimes> layerTimes() {
        Network network = job.cluster().network();
        TransferTable transfers = transfers(network);
        MemoryModel memory = MemoryModel.of(job);
        SortedMap<Integer, LayerTimes> times = new TreeMap<>();
        for (int group = 0; group < layout.ranks() / job.strategy().tensor(); group++) {
            int part = kindOf(group).part();
            if (!times.containsKey(part)) {
                PartWork work = PartWork.of(job, part, layout.ranks(), partition, memory, expertNodes());
                PassWriter writer = writer(group, transfers, network);
                times.put(part, LayerTimes.of(work.passes(), writer, partition.layers()));
            }
        }
        return times;
    }

    private PassWriter writer(int tensorGroup, TransferTable transfers, Network network) {
        return new PassWriter(
                detail,
                transfers,
                network.capacityBytesPerSecond(),
                groupsOf(tensorGroup),
                job.stack().hostSecondsPerKernel(),
                job.site().hosts().blockingLaunchSeconds(),
                job.stack().hostAwaitsParts(),
                job.stack().tensorSlowdown(),
                messageShare());
    }

    /// Share of an accelerator's compute units that messages between neighbours hold while they are sent.
    private double messageShare() {
        return Math.min(
                0.95, job.library().messageChannels() / job.accelerator().computeUnits());
    }

    private PipelineSchedule schedule() {
        PipelineSchedule schedule = PipelineSchedules.byName(job.strategy().schedule());
        if (schedule == null) {
            throw new IllegalArgumentException("schedule is \"" + job.strategy().schedule() + "\"; it must be one of "
                    + PipelineSchedules.names());
        }
        return schedule;
    }

    private StepPlan compile(int steps, StepKind kind) {
        Network network = job.cluster().network();
        TransferTable transfers = transfers(network);
        StepTables tables = new StepTables(Category.ALL);
        int ranks = layout.ranks();
        int[] programOf = new int[ranks];
        int[] rankOf = new int[ranks];
        int[] groupOf = new int[ranks * Layout.SLOTS];
        int[] arrivals = new int[layout.groups()];
        for (int rank = 0; rank < ranks; rank++) {
            rankOf[rank] = rank;
            for (int slot = 0; slot < Layout.SLOTS; slot++) {
                int group = layout.groupOf(rank, slot);
                groupOf[rank * Layout.SLOTS + slot] = group;
                if (group != Program.NONE) {
                    arrivals[group]++;
                }
            }
        }
        List<Program> programs = programs(steps, kind, transfers, network, tables, programOf);
        long[] ranksOf = new long[ranks];
        Arrays.fill(ranksOf, 1);
        return new StepPlan(
                tables,
                programs,
                programOf,
                rankOf,
                ranksOf,
                Layout.SLOTS,
                groupOf,
                arrivals,
                network.capacityBytesPerSecond(),
                transfers);
    }

    private TransferTable transfers(Network network) {
        return new TransferTable(layout, collectives(network), grain, rule, network.capacityBytesPerSecond());
    }

    private PartCollectives collectives(Network network) {
        boolean inSwitches = job.stack().inSwitchReduction();
        List<CollectiveLibrary> libraries = job.equipment().stream()
                .map(Equipment::library)
                .map(library -> inSwitches ? library : library.withoutInSwitchReduction())
                .toList();
        return new PartCollectives(
                network,
                libraries,
                job.site().network(),
                quickest -> Tuners.byName(job.stack().tuner())
                        .filter(tuner -> tuner.library().equals(quickest.library()))
                        .map(quickest::tunedBy)
                        .orElse(quickest));
    }

    /// For each tensor group the one whose times stand for its own: the first of its kind that lies alike. A group
    /// that may take times of its own stands for itself.
    private int[] standIns(Network network) {
        int[] standIn = new int[layout.ranks() / job.strategy().tensor()];
        Map<RankKind, Map<List<Integer>, Integer>> usual = new HashMap<>();
        for (int group = 0; group < standIn.length; group++) {
            standIn[group] = isUnusual(group, network)
                    ? group
                    : usual.computeIfAbsent(kindOf(group), kind -> new HashMap<>())
                            .computeIfAbsent(placements(group), first(group));
        }
        return standIn;
    }

    private static Function<List<Integer>, Integer> first(int group) {
        return placement -> group;
    }

    private RankKind kindOf(int tensorGroup) {
        int rank = layout.gpusOf(tensorGroup)[0];
        return new RankKind(
                layout.stageOf(rank),
                job.cluster().partOf(rank),
                job.microBatches(job.strategy().grid().replicaOf(rank)));
    }

    /// Whether links on a group's node are degraded, or it spans nodes where not all ways are alike: some parts are
    /// degraded, or links are listed one by one.
    private boolean isUnusual(int tensorGroup, Network network) {
        boolean written = job.cluster().fabric().shape() instanceof FabricShape.Written;
        if (job.cluster().degraded().isEmpty() && !written) {
            return false;
        }
        int[] gpus = layout.gpusOf(tensorGroup);
        return Arrays.stream(gpus)
                        .anyMatch(gpu -> network.isDegradedInside(job.cluster().nodeOf(gpu)))
                || spansNodes(gpus);
    }

    private boolean spansNodes(int[] gpus) {
        int first = job.cluster().nodeOf(gpus[0]);
        return Arrays.stream(gpus).anyMatch(gpu -> job.cluster().nodeOf(gpu) != first);
    }

    /// The programs of the stages in their order, and behind them those of ranks whose tensor group takes other times.
    ///
    /// @param programOf takes up the number of each rank's program
    private List<Program> programs(
            int steps, StepKind kind, TransferTable transfers, Network network, StepTables tables, int[] programOf) {
        PipelineSchedule schedule = schedule();
        MemoryModel memory = MemoryModel.of(job);
        Map<Integer, PartWork> workOfParts = new HashMap<>();
        Map<List<Integer>, PassWriter> writers = new HashMap<>();
        List<Program> programs = new ArrayList<>();
        int[] standIn = standIns(network);
        Map<Integer, Integer> numberOf = new HashMap<>();
        for (int tensorGroup : inOrderOfPrograms(standIn)) {
            RankKind ranks = kindOf(tensorGroup);
            PartWork work = workOfParts.computeIfAbsent(
                    ranks.part(), part -> PartWork.of(job, part, layout.ranks(), partition, memory, expertNodes()));
            boolean alike = !isUnusual(tensorGroup, network);
            PassWriter passes = writers.computeIfAbsent(
                    alike ? placements(tensorGroup) : List.of(-1, tensorGroup),
                    nodes -> writer(tensorGroup, transfers, network));
            numberOf.put(tensorGroup, programs.size());
            programs.add(new StageProgram(
                            job,
                            ranks,
                            partition,
                            schedule,
                            work.passes(),
                            transfers,
                            passes,
                            tables.program(Streams.count(job)),
                            kind,
                            work.optimizer(),
                            memory)
                    .write(steps));
        }
        for (int rank = 0; rank < programOf.length; rank++) {
            int group = standIn[layout.groupOf(rank, Layout.TENSOR)];
            programOf[rank] = numberOf.getOrDefault(group, Program.NONE);
        }
        return programs;
    }

    /// The tensor groups that stand for others: one of each stage in the order of stages, of a replica with the most
    /// micro-batches, as it holds the most activations at once; then the rest.
    private List<Integer> inOrderOfPrograms(int[] standIn) {
        Set<Integer> order = new LinkedHashSet<>();
        int most = job.microBatches();
        for (int stage = 0; stage < layout.stages(); stage++) {
            int rank = layout.firstRankOf(stage);
            while (layout.stageOf(rank) != stage
                    || job.microBatches(job.strategy().grid().replicaOf(rank)) < most) {
                rank++;
            }
            order.add(standIn[layout.groupOf(rank, Layout.TENSOR)]);
        }
        Arrays.stream(standIn).forEach(order::add);
        return List.copyOf(order);
    }

    /// Nodes of the first group of ranks that deal out experts.
    private int expertNodes() {
        int group = layout.groupOf(0, Layout.EXPERT);
        return group == Program.NONE
                ? 1
                : (int) Arrays.stream(layout.gpusOf(group))
                        .map(job.cluster()::nodeOf)
                        .distinct()
                        .count();
    }

    /// Groups of the first rank of a tensor group by slot.
    private IntUnaryOperator groupsOf(int tensorGroup) {
        int rank = layout.gpusOf(tensorGroup)[0];
        return slot -> layout.groupOf(rank, slot);
    }

    /// The part of a group, and where in it its GPUs are, counted from its first node on: groups of equal placement
    /// take equal times. Which GPUs they are does not matter on a single node, whose GPUs are all alike, but does where
    /// a group spans nodes: each has interfaces of its own.
    ///
    /// @param tensorGroup whose first rank's groups of layers are looked at
    private List<Integer> placements(int tensorGroup) {
        List<Integer> placements = new ArrayList<>();
        int rank = layout.gpusOf(tensorGroup)[0];
        for (int slot : SLOTS_OF_LAYERS) {
            int group = layout.groupOf(rank, slot);
            if (group != Program.NONE) {
                placements.addAll(placement(group));
            }
            placements.add(Program.NONE);
        }
        return placements;
    }

    private List<Integer> placement(int group) {
        int[] gpus = layout.gpusOf(group);
        if (!spansNodes(gpus)) {
            return List.of(job.cluster().partOf(gpus[0]));
        }
        int first = job.cluster().firstGpuOf(job.cluster().nodeOf(gpus[0]));
        List<Integer> placement = new ArrayList<>();
        placement.add(job.cluster().partOf(gpus[0]));
        Arrays.stream(gpus).forEach(gpu -> placement.add(gpu - first));
        return placement;
    }
}
