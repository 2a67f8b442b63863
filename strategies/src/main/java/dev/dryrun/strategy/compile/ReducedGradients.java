// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.Program;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.pipeline.Pass;

/// Every replica keeps all of the state; gradients are summed over replicas once a step. Where the stack overlaps, that
/// happens bucket by bucket beside the passes that complete them, else after all passes.
/// Source: Li et al., VLDB 2020, arXiv:2006.15704, section 3.2.
final class ReducedGradients implements DataTraffic {
    private final StagePasses passes;
    private final DataCalls calls;
    private final Stack stack;
    private final CollectiveKind kind;
    private final boolean eachMicroBatch;
    private int lastReduction = Program.NONE;

    /// @param kind whether each replica gets all sums or its share of them
    /// @param eachMicroBatch whether that happens for each micro-batch: because no replica keeps all sums, or because
    /// the
    ///     training wants it so
    ReducedGradients(StagePasses passes, DataCalls calls, CollectiveKind kind, boolean eachMicroBatch) {
        this.passes = passes;
        this.calls = calls;
        this.stack = calls.stack();
        this.kind = kind;
        this.eachMicroBatch = eachMicroBatch;
    }

    @Override
    public void begin() {
        lastReduction = Program.NONE;
    }

    @Override
    public int write(int pass, int after) {
        if (!Pass.makesWeightGradient(pass) || !(passes.completesGradients(pass) || eachMicroBatch)) {
            return passes.write(pass, after);
        }
        if (stack.dataOverlap()) {
            return writeWithReductions(pass, after);
        }
        int written = passes.write(pass, after);
        return eachMicroBatch
                ? passes.await(calls.reduce(kind, passes.work(pass).parameters(), written, 0))
                : written;
    }

    private int writeWithReductions(int pass, int after) {
        int last = Program.NONE;
        int waitsFor = after;
        for (PassWork bucket : passes.work(pass).buckets(stack.bucketParameters())) {
            last = passes.write(pass, bucket, waitsFor);
            waitsFor = Program.NONE;
            if (bucket.parameters().trained().total() > 0) {
                lastReduction = calls.reduce(kind, bucket.parameters(), last, stack.dataSlowdown());
            }
        }
        return last;
    }

    @Override
    public int endPasses(int last) {
        boolean reducedBefore = stack.dataOverlap() || eachMicroBatch;
        int reduced = reducedBefore ? lastReduction : calls.reduce(kind, passes.parameters(), last, 0);
        return reduced == Program.NONE ? last : passes.await(reduced);
    }

    @Override
    public int endStep(int last) {
        return last;
    }
}
