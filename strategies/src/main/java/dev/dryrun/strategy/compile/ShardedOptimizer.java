// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.Program;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.pipeline.Pass;
import java.util.ArrayList;
import java.util.List;

/// Each replica updates its share of the parameters: it gets the sums of that share's gradients only, and the others'
/// updated parameters are gathered, once a step. Where the stack overlaps, the gather runs bucket by bucket beside the
/// forward passes of the first micro-batch, else after the optimizer.
/// With gradients shared out too, they are reduced in every micro-batch, not once a step.
/// Source: Rajbhandari et al., 2020, arXiv:1910.02054, sections 5.1 and 5.2.
final class ShardedOptimizer implements DataTraffic {
    private final StagePasses passes;
    private final DataCalls calls;
    private final Stack stack;
    private final ReducedGradients reductions;
    /// Gathers that the first forward passes wait for, chunk by chunk and bucket by bucket.
    private final List<List<Integer>> gathers = new ArrayList<>();

    /// @param gradientsToo whether a replica keeps only its share of the gradients
    ShardedOptimizer(StagePasses passes, DataCalls calls, boolean gradientsToo) {
        this.passes = passes;
        this.calls = calls;
        this.stack = calls.stack();
        reductions = new ReducedGradients(passes, calls, CollectiveKind.REDUCE_SCATTER, gradientsToo);
    }

    /// Gathers in the order in which the first forward passes need them.
    @Override
    public void begin() {
        reductions.begin();
        gathers.clear();
        if (!stack.dataOverlap()) {
            return;
        }
        for (int chunk = 0; chunk < passes.chunks(); chunk++) {
            List<Integer> ofChunk = new ArrayList<>();
            for (PassWork bucket : passes.forward(chunk).buckets(stack.bucketParameters())) {
                ofChunk.add(
                        bucket.parameters().trained().total() == 0
                                ? Program.NONE
                                : calls.gather(bucket.parameters().trained(), Program.NONE, stack.dataSlowdown()));
            }
            gathers.add(ofChunk);
        }
    }

    @Override
    public int write(int pass, int after) {
        return passes.isFirstForward(pass) && stack.dataOverlap()
                ? writeAfterGathers(pass, after)
                : reductions.write(pass, after);
    }

    private int writeAfterGathers(int pass, int after) {
        int last = Program.NONE;
        int waitsFor = after;
        int number = 0;
        for (PassWork bucket : passes.work(pass).buckets(stack.bucketParameters())) {
            int gathered = gathers.get(Pass.chunk(pass)).get(number++);
            if (gathered != Program.NONE) {
                if (waitsFor != Program.NONE) {
                    passes.await(waitsFor);
                }
                waitsFor = gathered;
            }
            last = passes.write(pass, bucket, waitsFor);
            waitsFor = Program.NONE;
        }
        return last;
    }

    @Override
    public int endPasses(int last) {
        return reductions.endPasses(last);
    }

    @Override
    public int endStep(int last) {
        return stack.dataOverlap()
                ? last
                : passes.await(calls.gather(passes.parameters().trained(), last, 0));
    }
}
