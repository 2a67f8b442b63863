// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.validation.minitrainer.group.Group;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Tensor;

/// What replicas do about the weights that they all train: exchange gradients, share out the optimizer, or all of it.
public interface Replicas {
    /// Takes over the first values of a bucket.
    ///
    /// @param flat all of them, in fp32, on the device; kept, and owned from now on
    void take(Bucket bucket, Tensor flat);

    /// Before a forward pass goes through a unit.
    void beforeForward(Unit unit);

    /// After it.
    void afterForward(Unit unit);

    /// Before a backward pass goes through a unit.
    void beforeBackward(Unit unit);

    /// After it.
    ///
    /// @param last whether no other micro-batch adds to the gradients in this step
    void afterBackward(Unit unit, boolean last);

    /// Waits until the gradients of all replicas are summed where they are needed.
    void finish();

    /// What this rank updates, in the order of the buckets.
    List<Owned> owned();

    /// After the update: brings weights to where they are multiplied, and clears gradients.
    void publish();

    /// By what a strategy shares.
    ///
    /// @param group ranks that hold the same weights
    /// @param complete makes a bucket's gradients complete within its tensor group
    static Replicas of(ParallelStrategy strategy, Group group, boolean overlaps, Consumer<Bucket> complete) {
        if (group.isAlone()) {
            return new WholeCopies(group, false, complete);
        }
        return switch (strategy.sharding()) {
            case NONE -> new WholeCopies(group, overlaps, complete);
            case OPTIMIZER -> new SharedOptimizer(group, false, overlaps, complete);
            case GRADIENTS -> new SharedOptimizer(group, true, overlaps, complete);
            case PARAMETERS -> new SharedParameters(group, strategy.parameterSharding(), complete);
        };
    }
}
