// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.fit;

import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;

/// Whether a variant of a job can run at all, by the rules that a scenario has to keep.
final class Feasible {
    /// Passes of all stages in a step beyond which a variant is not even tried.
    private static final long MOST_PASSES = 1_000_000;

    private final TrainingJob job;
    private final Variant unchanged;

    Feasible(TrainingJob job) {
        this.job = job;
        unchanged = Variant.of(job);
    }

    boolean is(Variant variant) {
        return variant.data() > 0
                && tensorFits(variant)
                && layersSplit(variant)
                && batchSplits(variant)
                && sharesAreShared(variant);
    }

    private boolean tensorFits(Variant variant) {
        int gpus = job.cluster().node().gpus();
        boolean inNode = variant.tensor() <= gpus && gpus % variant.tensor() == 0;
        boolean asBefore = variant.tensor() == unchanged.tensor();
        boolean sequence = !variant.sequenceParallel()
                || (variant.tensor() > 1 && job.training().sequenceLength() % variant.tensor() == 0);
        return (inNode || asBefore) && sequence && expertsFit(variant);
    }

    private boolean expertsFit(Variant variant) {
        RankGrid before = job.strategy().grid();
        var dense = RankGrid.of(variant.tensor(), variant.stages(), variant.data())
                .withContext(before.context())
                .inOrder(before.order());
        int ofExpert = before.expertTensor() == before.tensor() ? variant.tensor() : before.expertTensor();
        return dense.problemWithExperts(before.expert(), ofExpert) == null
                && job.model().problemWith(new LayerCut(variant.tensor(), before.expert(), ofExpert)) == null;
    }

    private boolean layersSplit(Variant variant) {
        if (variant.stages() == unchanged.stages() && variant.chunks() == unchanged.chunks()) {
            return true;
        }
        int places = job.model().layers() + (job.strategy().embeddingSlots() ? 2 : 0);
        boolean listed = !job.strategy().layersOfBlocks().isEmpty();
        return !listed && places % ((long) variant.stages() * variant.chunks()) == 0;
    }

    private boolean batchSplits(Variant variant) {
        long batch = job.training().globalBatch();
        long together = variant.data() * variant.microBatch();
        PipelineSchedule schedule = PipelineSchedules.byName(variant.schedule());
        if (together == 0 || batch % together != 0 || schedule == null) {
            return false;
        }
        long passes = 2 * (batch / together) * variant.stages() * variant.chunks();
        return passes <= MOST_PASSES
                && schedule.problemWith(variant.stages(), variant.chunks(), (int) (batch / together)) == null;
    }

    private boolean sharesAreShared(Variant variant) {
        int group = job.strategy().parameterSharding().group();
        boolean someoneToShareWith = variant.data() > 1 || variant.sharding() == unchanged.sharding();
        boolean moreReplicasHelp = variant.sharding().sharesOptimizer() || variant.data() <= unchanged.data();
        return someoneToShareWith && moreReplicasHelp && (group == 0 || variant.data() % group == 0);
    }
}
