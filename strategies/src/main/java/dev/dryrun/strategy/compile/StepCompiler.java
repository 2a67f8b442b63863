// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.tuner.Tuners;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.program.StepTables;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Compiles a training job to the step that its ranks execute: one program for each stage, and the groups of all ranks.
public final class StepCompiler {
    private final TrainingJob job;
    private final Detail detail;
    private final Layout layout;
    private final StagePartition partition;
    private final ParameterCounts counts;

    /// @throws IllegalArgumentException if the schedule is unknown or cannot run with the job's sizes
    public StepCompiler(TrainingJob job, Detail detail) {
        this.job = job;
        this.detail = detail;
        var strategy = job.strategy();
        layout = new Layout(
                strategy.tensor(),
                strategy.stages(),
                strategy.data(),
                strategy.chunks() > 1,
                job.model().tiedHead());
        partition = new StagePartition(
                job.model().layers(), strategy.stages(), strategy.chunks(), strategy.embeddingSlots());
        counts = new ParameterCounts(job.model(), strategy.tensor());
    }

    public Layout layout() {
        return layout;
    }

    public StagePartition partition() {
        return partition;
    }

    /// The step with every rank as a member; `Fold.of` makes it small.
    public StepPlan compile() {
        PipelineSchedule schedule = PipelineSchedules.byName(job.strategy().schedule());
        if (schedule == null) {
            throw new IllegalArgumentException("schedule is \"" + job.strategy().schedule() + "\"; it must be one of "
                    + PipelineSchedules.names());
        }
        Network network = job.cluster().network();
        CollectiveLibrary library =
                job.stack().inSwitchReduction() ? job.library() : job.library().withoutInSwitchReduction();
        Collectives quickest = new Collectives(network, library, job.site().network());
        Collectives collectives = Tuners.byName(job.stack().tuner())
                .filter(tuner -> tuner.library().equals(library.name()))
                .map(quickest::tunedBy)
                .orElse(quickest);
        TransferTable transfers = new TransferTable(layout, collectives);
        double[] capacity = network.capacityBytesPerSecond();
        StepTables tables = new StepTables(Category.ALL);
        List<Program> programs = programs(schedule, transfers, capacity, tables);
        int ranks = layout.ranks();
        int[] programOf = new int[ranks];
        int[] rankOf = new int[ranks];
        int[] groupOf = new int[ranks * Layout.SLOTS];
        int[] arrivals = new int[layout.groups()];
        for (int rank = 0; rank < ranks; rank++) {
            programOf[rank] = layout.stageOf(rank);
            rankOf[rank] = rank;
            for (int slot = 0; slot < Layout.SLOTS; slot++) {
                int group = layout.groupOf(rank, slot);
                groupOf[rank * Layout.SLOTS + slot] = group;
                if (group != Program.NONE) {
                    arrivals[group]++;
                }
            }
        }
        long[] ranksOf = new long[ranks];
        Arrays.fill(ranksOf, 1);
        return new StepPlan(
                tables, programs, programOf, rankOf, ranksOf, Layout.SLOTS, groupOf, arrivals, capacity, transfers);
    }

    private List<Program> programs(
            PipelineSchedule schedule, TransferTable transfers, double[] capacity, StepTables tables) {
        KernelModel kernels = new KernelModel(job.accelerator(), layout.ranks());
        LayerDimensions sizes = LayerDimensions.of(job.model(), job.training(), job.strategy());
        KernelTimes times = new KernelTimes(
                kernels,
                sizes,
                job.stack(),
                job.training().precision(),
                job.accelerator().peak16BitFlopsPerSecond());
        StageWork work = new StageWork(job, times, sizes, partition, MemoryModel.of(job));
        Map<List<Integer>, PassWriter> writers = new HashMap<>();
        List<Program> programs = new ArrayList<>();
        for (int stage = 0; stage < layout.stages(); stage++) {
            int tensorGroup = layout.groupOf(layout.firstRankOf(stage), Layout.TENSOR);
            PassWriter passes = writers.computeIfAbsent(
                    placement(tensorGroup),
                    nodes -> new PassWriter(
                            detail,
                            transfers,
                            capacity,
                            tensorGroup,
                            job.stack().hostSecondsPerKernel(),
                            job.stack().tensorSlowdown()));
            programs.add(new StageProgram(
                            job,
                            stage,
                            partition,
                            schedule,
                            work,
                            transfers,
                            passes,
                            tables.program(Streams.NAMES.size()),
                            kernels.bytesSeconds(optimizerBytes(stage)))
                    .write());
        }
        return programs;
    }

    /// Nodes of a group's GPUs, counted from the first one's: groups of equal placement take equal times.
    private List<Integer> placement(int group) {
        int[] gpus = layout.gpusOf(group);
        int first = job.cluster().nodeOf(gpus[0]);
        return Arrays.stream(gpus)
                .mapToObj(gpu -> job.cluster().nodeOf(gpu) - first)
                .toList();
    }

    /// Traffic of the optimizer step of a rank of a stage.
    private double optimizerBytes(int stage) {
        double parameters =
                counts.ofRank(partition.layers(stage), partition.hasEmbedding(stage), partition.hasHead(stage));
        boolean sharded = job.strategy().sharding() == Sharding.OPTIMIZER;
        double bytes = sharded
                ? job.stack().optimizerShardedBytes() / job.strategy().data()
                        + job.stack().optimizerLocalBytes()
                : job.stack().optimizerReplicatedBytes();
        return bytes * parameters;
    }
}
