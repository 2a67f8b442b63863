// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Spreads layers over stages and micro-batches over replicas by what they take on their accelerators, and keeps what
/// simulates quickest: as it was given, evenly, or so spread. Hence nothing gets worse.
///
/// Memory is a constraint: a stage that does not fit may hold fewer layers, and the cut is made anew.
public final class Balancer {
    /// Cuts that a search may cost.
    private static final int MOST_CUTS = 256;

    private final TrainingJob job;
    private final StageTimes times;

    private Balancer(TrainingJob job) {
        this.job = job;
        times = new StageTimes(job);
    }

    public static Balance balance(TrainingJob job) {
        var balancer = new Balancer(job);
        Trial given = Trial.of(job);
        Trial best = given;
        for (TrainingJob candidate : balancer.candidates()) {
            Trial trial = Trial.of(candidate);
            best = trial.isBetterThan(best) ? trial : best;
        }
        return new Balance(given, best, balancer.stages(best));
    }

    private List<TrainingJob> candidates() {
        List<TrainingJob> cuts = new ArrayList<>();
        cuts.add(job);
        if (job.strategy().stages() > 1) {
            evenly().ifPresent(cuts::add);
            cut().ifPresent(cuts::add);
        }
        List<TrainingJob> all = new ArrayList<>(cuts);
        cuts.forEach(cut -> dealt(cut).ifPresent(all::add));
        return all.subList(1, all.size());
    }

    /// All stages with as many layers.
    private Optional<TrainingJob> evenly() {
        int blocks = job.strategy().stages() * job.strategy().chunks();
        int layers = job.model().layers();
        return layers % blocks == 0 ? Optional.of(with(new int[blocks], layers / blocks)) : Optional.empty();
    }

    private TrainingJob with(int[] blocks, int each) {
        Arrays.fill(blocks, each);
        return with(Arrays.stream(blocks).boxed().toList());
    }

    private TrainingJob with(List<Integer> layersOfBlocks) {
        return with(job.strategy().withLayers(layersOfBlocks));
    }

    private TrainingJob with(ParallelStrategy strategy) {
        return job.with(job.cluster(), strategy);
    }

    /// The quickest cut that fits.
    private Optional<TrainingJob> cut() {
        int layers = job.model().layers();
        int[] most = new int[job.strategy().stages() * job.strategy().chunks()];
        Arrays.fill(most, layers);
        for (int made = 0; made < MOST_CUTS; made++) {
            Optional<List<Integer>> cut = new QuickestCut(layers, most, times::ofBlock).layersOfBlocks();
            if (cut.isEmpty()) {
                return Optional.empty();
            }
            TrainingJob candidate = with(cut.get());
            if (!hasLowered(most, cut.get(), Trial.memoryOf(candidate), partition(candidate))) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /// Lowers what stages can hold that do not fit: the largest block of each by a layer.
    private static boolean hasLowered(int[] most, List<Integer> cut, MemoryUse memory, StagePartition partition) {
        boolean lowered = false;
        for (MemoryUse.Stage stage : memory.byStage()) {
            if (stage.deviceBytes() <= stage.capacityBytes()) {
                continue;
            }
            int largest = partition.block(stage.stage(), 0);
            for (int chunk = 1; chunk < partition.chunks(); chunk++) {
                int block = partition.block(stage.stage(), chunk);
                largest = cut.get(block) > cut.get(largest) ? block : largest;
            }
            most[largest] = cut.get(largest) - 1;
            lowered = true;
        }
        return lowered;
    }

    private static StagePartition partition(TrainingJob of) {
        return of.strategy().partition(of.model().layers());
    }

    /// The same with micro-batches dealt out by the speed of replicas, where they differ and may.
    private Optional<TrainingJob> dealt(TrainingJob cut) {
        ParallelStrategy strategy = cut.strategy();
        double[] nanos = times.ofReplicas(partition(cut));
        PipelineSchedule schedule = PipelineSchedules.byName(strategy.schedule());
        long total = cut.training().globalBatch() / strategy.microBatch();
        if (Arrays.stream(nanos).distinct().count() < 2 || schedule == null || total > Integer.MAX_VALUE) {
            return Optional.empty();
        }
        int unit = schedule.problemWith(strategy.stages(), strategy.chunks(), 1) == null ? 1 : strategy.stages();
        if (total % unit != 0 || total < (long) unit * nanos.length) {
            return Optional.empty();
        }
        List<Integer> shares = MicroBatchShares.of(nanos, strategy.stages(), (int) total, unit);
        ParallelStrategy uneven = strategy.withMicroBatches(shares);
        boolean runs = shares.stream()
                .allMatch(count -> schedule.problemWith(strategy.stages(), strategy.chunks(), count) == null);
        return runs && uneven.problemWithMicroBatches(cut.training().globalBatch()) == null
                ? Optional.of(cut.with(cut.cluster(), uneven))
                : Optional.empty();
    }

    private List<Balance.Stage> stages(Trial after) {
        StagePartition before = partition(job);
        StagePartition now = partition(after.job());
        List<Balance.Stage> stages = new ArrayList<>();
        for (int stage = 0; stage < before.stages(); stage++) {
            stages.add(new Balance.Stage(
                    stage,
                    times.accelerators(stage),
                    before.layers(stage),
                    now.layers(stage),
                    times.ofStage(before, stage) / 1e9,
                    times.ofStage(now, stage) / 1e9));
        }
        return stages;
    }
}
