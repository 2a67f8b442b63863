// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.hardware.collective.tuner.Tuners;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.program.StepTables;
import dev.dryrun.strategy.job.PackedDocuments;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;

/// Compiles a training job to the step that its ranks execute: one program for each stage, and the groups of all ranks.
public final class StepCompiler {
    private final TrainingJob job;
    private final Detail detail;
    private final Grain grain;
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
        if (grain == Grain.CHUNKED && detail == Detail.CHUNK) {
            throw new IllegalArgumentException("collectives are inside the instructions of whole passes");
        }
        this.job = job;
        this.detail = detail;
        this.grain = grain;
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
        CollectiveLibrary library =
                job.stack().inSwitchReduction() ? job.library() : job.library().withoutInSwitchReduction();
        Collectives quickest = new Collectives(network, library, job.site().network());
        Collectives collectives = Tuners.byName(job.stack().tuner())
                .filter(tuner -> tuner.library().equals(library.name()))
                .map(quickest::tunedBy)
                .orElse(quickest);
        TransferTable transfers = new TransferTable(layout, collectives, grain);
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

    /// For each tensor group the one whose times stand for its own: the first of its stage that lies alike. A group
    /// that may take times of its own stands for itself.
    private int[] standIns(Network network) {
        int[] standIn = new int[layout.ranks() / job.strategy().tensor()];
        List<Map<List<Integer>, Integer>> usual = new ArrayList<>();
        for (int stage = 0; stage < layout.stages(); stage++) {
            usual.add(new HashMap<>());
        }
        for (int group = 0; group < standIn.length; group++) {
            standIn[group] = isUnusual(group, network)
                    ? group
                    : usual.get(stageOf(group)).computeIfAbsent(placement(group), first(group));
        }
        return standIn;
    }

    private static Function<List<Integer>, Integer> first(int group) {
        return placement -> group;
    }

    private int stageOf(int tensorGroup) {
        return layout.stageOf(layout.gpusOf(tensorGroup)[0]);
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
        KernelModel kernels = new KernelModel(job.accelerator(), layout.ranks());
        PackedDocuments documents = PackedDocuments.of(job);
        LayerDimensions sizes = LayerDimensions.of(job.model(), job.training(), job.strategy(), documents.share());
        KernelTimes times = new KernelTimes(
                kernels,
                sizes,
                job.stack(),
                job.training().precision(),
                job.training().numerics().scaling(),
                job.gradientShards(),
                job.accelerator().peak16BitFlopsPerSecond());
        MemoryModel memory = MemoryModel.of(job);
        StageWork work = new StageWork(job, times, sizes, partition, memory, documents);
        var optimizer = new OptimizerStep(job, kernels, memory);
        Map<List<Integer>, PassWriter> writers = new HashMap<>();
        List<Program> programs = new ArrayList<>();
        int[] standIn = standIns(network);
        Map<Integer, Integer> numberOf = new HashMap<>();
        for (int tensorGroup : inOrderOfPrograms(standIn)) {
            int stage = stageOf(tensorGroup);
            boolean alike = !isUnusual(tensorGroup, network);
            PassWriter passes = writers.computeIfAbsent(
                    alike ? placement(tensorGroup) : List.of(-1, tensorGroup),
                    nodes -> new PassWriter(
                            detail,
                            transfers,
                            network.capacityBytesPerSecond(),
                            groupsOf(tensorGroup),
                            job.stack().hostSecondsPerKernel(),
                            job.stack().tensorSlowdown()));
            numberOf.put(tensorGroup, programs.size());
            programs.add(new StageProgram(
                            job,
                            stage,
                            partition,
                            schedule,
                            work,
                            transfers,
                            passes,
                            tables.program(Streams.count(job)),
                            kind,
                            optimizer,
                            memory)
                    .write(steps));
        }
        for (int rank = 0; rank < programOf.length; rank++) {
            int group = standIn[layout.groupOf(rank, Layout.TENSOR)];
            programOf[rank] = numberOf.getOrDefault(group, Program.NONE);
        }
        return programs;
    }

    /// The tensor groups that stand for others: one of each stage in the order of stages, then the rest.
    private List<Integer> inOrderOfPrograms(int[] standIn) {
        Set<Integer> order = new LinkedHashSet<>();
        for (int stage = 0; stage < layout.stages(); stage++) {
            order.add(standIn[layout.groupOf(layout.firstRankOf(stage), Layout.TENSOR)]);
        }
        Arrays.stream(standIn).forEach(order::add);
        return List.copyOf(order);
    }

    /// Groups of the first rank of a tensor group by slot.
    private IntUnaryOperator groupsOf(int tensorGroup) {
        int rank = layout.gpusOf(tensorGroup)[0];
        return slot -> layout.groupOf(rank, slot);
    }

    /// Where a group's GPUs are, counted from its first node on: groups of equal placement take equal times. Which GPUs
    /// they are does not matter on a single node, whose GPUs are all alike, but does where a group spans nodes: each
    /// has interfaces of its own.
    private List<Integer> placement(int group) {
        int[] gpus = layout.gpusOf(group);
        if (!spansNodes(gpus)) {
            return Collections.nCopies(gpus.length, 0);
        }
        int first = gpus[0] - gpus[0] % job.cluster().node().gpus();
        return Arrays.stream(gpus).mapToObj(gpu -> gpu - first).toList();
    }
}
