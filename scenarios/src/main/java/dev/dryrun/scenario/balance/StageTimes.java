// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.LayerTimes;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/// What stages of a job take for a micro-batch, by the parts of the cluster that they run on.
final class StageTimes {
    private final TrainingJob job;
    private final StagePartition given;
    private final SortedMap<Integer, LayerTimes> ofParts;
    /// Parts that ranks of each stage are of.
    private final List<SortedSet<Integer>> partsOfStage = new ArrayList<>();
    /// By replica, then by stage: the part that the first of its ranks is of.
    private final int[][] partOf;

    StageTimes(TrainingJob job) {
        this.job = job;
        var compiler = new StepCompiler(job, Detail.CHUNK);
        given = compiler.partition();
        ofParts = compiler.layerTimes();
        partOf = new int[job.strategy().data()][job.strategy().stages()];
        for (int stage = 0; stage < job.strategy().stages(); stage++) {
            partsOfStage.add(new TreeSet<>());
        }
        var grid = job.strategy().grid();
        for (int rank = Math.toIntExact(job.strategy().ranks()) - 1; rank >= 0; rank--) {
            int part = job.cluster().partOf(rank);
            partsOfStage.get(grid.stageOf(rank)).add(part);
            partOf[grid.replicaOf(rank)][grid.stageOf(rank)] = part;
        }
    }

    /// Time of a block on the slowest part that it runs on.
    double ofBlock(int block, int from, int to) {
        int stage = given.placement().stageOf(block, given.stages());
        double slowest = 0;
        for (int part : partsOfStage.get(stage)) {
            slowest = Math.max(slowest, onPart(part, block, from, to));
        }
        return slowest;
    }

    private double onPart(int part, int block, int from, int to) {
        return Objects.requireNonNull(ofParts.get(part)).nanos(from, to, block == 0, block == given.blocks() - 1);
    }

    /// Time of a stage with all its chunks on the slowest part that it runs on.
    double ofStage(StagePartition partition, int stage) {
        double slowest = 0;
        for (int part : partsOfStage.get(stage)) {
            slowest = Math.max(slowest, onPart(part, partition, stage));
        }
        return slowest;
    }

    private double onPart(int part, StagePartition partition, int stage) {
        double sum = 0;
        for (int chunk = 0; chunk < partition.chunks(); chunk++) {
            int first = partition.firstLayer(stage, chunk);
            sum += onPart(part, partition.block(stage, chunk), first, first + partition.layers(stage, chunk));
        }
        return sum;
    }

    /// Time of the slowest stage of each replica.
    double[] ofReplicas(StagePartition partition) {
        double[] nanos = new double[partOf.length];
        for (int replica = 0; replica < nanos.length; replica++) {
            for (int stage = 0; stage < given.stages(); stage++) {
                nanos[replica] = Math.max(nanos[replica], onPart(partOf[replica][stage], partition, stage));
            }
        }
        return nanos;
    }

    /// Names of the accelerators of a stage.
    List<String> accelerators(int stage) {
        return partsOfStage.get(stage).stream()
                .map(part -> job.equipment().get(part).accelerator().name())
                .distinct()
                .toList();
    }
}
