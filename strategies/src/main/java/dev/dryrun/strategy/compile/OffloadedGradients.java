// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.Program;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.model.RankParameters;
import dev.dryrun.strategy.pipeline.Pass;

/// Gradients that go to the host, which updates the parameters: a pass's share of them as soon as it is complete and
/// reduced, beside the passes that follow. Where replicas share gradients out they leave with each micro-batch and the
/// host adds them up; else with the last. Source: Ren et al., 2021, arXiv:2101.06840, sections 3 and 4.
final class OffloadedGradients implements DataTraffic {
    private static final double ADDING_BYTES = 8;

    private final TrainingJob job;
    private final StagePasses passes;
    private final DataCalls calls;
    private final HostLink host;
    private final DataTraffic within;
    private final double gradientBytes;
    private int lastLeft = Program.NONE;

    OffloadedGradients(TrainingJob job, StagePasses passes, DataCalls calls, HostLink host, DataTraffic within) {
        this.job = job;
        this.passes = passes;
        this.calls = calls;
        this.host = host;
        this.within = within;
        gradientBytes = job.training().precision().tensorBytes();
    }

    @Override
    public void begin() {
        lastLeft = Program.NONE;
        within.begin();
    }

    @Override
    public int write(int pass, int after) {
        int before = calls.last();
        int written = within.write(pass, after);
        if (Pass.makesWeightGradient(pass) && leaves(pass)) {
            int ready = calls.last() == before ? written : calls.last();
            leave(passes.work(pass).parameters(), ready, Pass.microBatch(pass));
        }
        return written;
    }

    /// Gradients that are reduced after all passes leave then.
    private boolean leaves(int pass) {
        boolean reducedBefore =
                job.strategy().grid().copies() == 1 || calls.stack().dataOverlap() || eachMicroBatch();
        return reducedBefore && (eachMicroBatch() || passes.completesGradients(pass));
    }

    private boolean eachMicroBatch() {
        return job.strategy().sharding().sharesGradients() && !job.training().keepsGradientsWhole();
    }

    private void leave(RankParameters parameters, int ready, int microBatch) {
        double share = parameters.trained().sharedBy(job.optimizerShards(), job.expertOptimizerShards());
        lastLeft = host.out(gradientBytes * share, ready, "gradients to host", microBatch);
        if (eachMicroBatch() && job.microBatches() > 1) {
            lastLeft = host.update((gradientBytes + ADDING_BYTES) * share, lastLeft, "sum of gradients");
        }
    }

    @Override
    public int endPasses(int last) {
        int ended = within.endPasses(last);
        if (lastLeft == Program.NONE) {
            leave(passes.parameters(), ended, Program.NONE);
        }
        return passes.await(lastLeft);
    }

    @Override
    public int endStep(int last) {
        return within.endStep(last);
    }
}
