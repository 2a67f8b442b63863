// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.simulate;

import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.strategy.compile.StepCompiler;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.StageMemory;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.OpenSetting;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Settles what a row leaves open by the memory of its GPUs, as who tunes a job for speed would.
///
/// Recomputation is what is usual with the stack (the sketch has it), or the next that computes more again where that
/// does not fit: none, selective, of as few whole layers as fit (`block`), full. The micro-batch is the largest power
/// of two that divides a replica's batch and fits.
final class OpenSettings {
    private final CatalogJobs jobs;

    OpenSettings(CatalogJobs jobs) {
        this.jobs = jobs;
    }

    JobSketch settle(JobSketch sketch, List<String> assumed) {
        ParallelStrategy strategy = sketch.strategy();
        if (sketch.open().contains(OpenSetting.RECOMPUTATION)) {
            strategy = recomputed(sketch, strategy, assumed);
        }
        if (sketch.open().contains(OpenSetting.MICRO_BATCH)) {
            strategy = filled(sketch, strategy, assumed);
        }
        return sketch.settled(strategy);
    }

    private ParallelStrategy recomputed(JobSketch sketch, ParallelStrategy strategy, List<String> assumed) {
        Recompute usual = strategy.recompute().kind();
        for (Recompute kind : Recompute.values()) {
            if (kind == Recompute.FULL && usual == Recompute.NONE) {
                ParallelStrategy some = fewestLayers(sketch, strategy);
                if (some != null) {
                    assumed.add("recomputation full of " + some.recompute().layers()
                            + " layers of a chunk (fewer do not fit)");
                    return some;
                }
            }
            if (kind.compareTo(usual) >= 0) {
                ParallelStrategy changed = kind == usual ? strategy : strategy.with(RecomputeChoice.ofAll(kind));
                if (fits(sketch, changed, 1.1)) {
                    assumed.add("recomputation " + word(kind)
                            + (kind == usual ? " (usual with " + sketch.stack() + ")" : " (less does not fit)"));
                    return changed;
                }
            }
        }
        assumed.add("recomputation " + word(usual) + " (usual with " + sketch.stack() + "; does not fit)");
        return strategy;
    }

    /// The fewest first layers of a chunk that are computed again as wholes so that the rest fits, as recipes of AMD
    /// set it (`recompute_method: block`); null where even all but one do not.
    private @Nullable ParallelStrategy fewestLayers(JobSketch sketch, ParallelStrategy strategy) {
        int most = Math.toIntExact(sketch.model().layers() / (strategy.stages() * strategy.chunks()));
        int least = 1;
        ParallelStrategy found = null;
        while (least < most) {
            int layers = (least + most) / 2;
            var choice = new RecomputeChoice(Recompute.FULL, RecomputeChoice.Method.BLOCK, layers, List.of());
            ParallelStrategy changed = strategy.with(choice);
            if (fits(sketch, changed, 1.1)) {
                found = changed;
                most = layers;
            } else {
                least = layers + 1;
            }
        }
        return found;
    }

    private ParallelStrategy filled(JobSketch sketch, ParallelStrategy strategy, List<String> assumed) {
        long ofReplica = sketch.training().globalBatch() / strategy.data();
        for (long size = Long.highestOneBit(ofReplica); size > 1; size /= 2) {
            if (ofReplica % size == 0) {
                ParallelStrategy larger = strategy.withMicroBatch(size);
                if (fits(sketch, larger, 1)) {
                    assumed.add("micro_batch " + size + " (the largest that fits)");
                    return larger;
                }
            }
        }
        assumed.add("micro_batch 1 (one sequence)");
        return strategy;
    }

    private boolean fits(JobSketch sketch, ParallelStrategy strategy, double room) {
        TrainingJob job = jobs.job(sketch.settled(strategy));
        StepPlan plan = new StepCompiler(job, Detail.CHUNK).compile();
        return StageMemory.of(job, plan).stream()
                .allMatch(
                        stage -> stage.deviceBytes() <= room * job.accelerator().usableMemoryBytes());
    }

    private static String word(Recompute kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
