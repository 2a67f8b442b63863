// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import dev.dryrun.validation.minitrainer.group.Group;
import dev.dryrun.validation.minitrainer.group.Transfer;
import dev.dryrun.validation.minitrainer.tape.Native;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/// Each replica has all weights but updates a share of each bucket: gradients are reduce-scattered, once a step
/// (ZeRO-1) or with each micro-batch (ZeRO-2), and updated weights all-gathered. Source: Rajbhandari et al., 2020,
/// arXiv:1910.02054, section 5.
final class SharedOptimizer implements Replicas {
    private final Group group;
    private final boolean eachMicroBatch;
    private final boolean overlaps;
    private final Consumer<Bucket> complete;
    private final List<Owned> owned = new ArrayList<>();
    private final List<GradientShard> shards = new ArrayList<>();

    SharedOptimizer(Group group, boolean eachMicroBatch, boolean overlaps, Consumer<Bucket> complete) {
        this.group = group;
        this.eachMicroBatch = eachMicroBatch;
        this.overlaps = overlaps;
        this.complete = complete;
    }

    @Override
    public void take(Bucket bucket, Tensor flat) {
        try (PointerScope scope = Native.scope()) {
            Formats formats = bucket.formats();
            var shard = new GradientShard(bucket, group);
            Tensor mine = flat.narrow(0, shard.begin(), shard.elements());
            bucket.setWeights(formats.isFp32() ? Native.alias(flat) : Native.keep(flat.to(formats.products())));
            Tensor master = formats.isFp32() ? Native.alias(mine) : Native.keep(mine.clone());
            Native.free(flat);
            shards.add(shard);
            owned.add(new Owned(bucket, shard.begin(), master, shard::sum));
        }
    }

    @Override
    public void beforeForward(Unit unit) {
        // the weights are here
    }

    @Override
    public void afterForward(Unit unit) {
        // and stay
    }

    @Override
    public void beforeBackward(Unit unit) {
        // the weights are here
    }

    @Override
    public void afterBackward(Unit unit, boolean last) {
        if ((eachMicroBatch || last) && unit.bucket().pass()) {
            GradientShard shard = shardOf(unit.bucket());
            complete.accept(unit.bucket());
            shard.startAdding();
            if (!overlaps) {
                shard.await();
            }
        }
    }

    private GradientShard shardOf(Bucket bucket) {
        for (GradientShard shard : shards) {
            if (shard.bucket() == bucket) {
                return shard;
            }
        }
        throw new IllegalStateException("a bucket that was never taken over");
    }

    @Override
    public void finish() {
        for (GradientShard shard : shards) {
            shard.await();
        }
    }

    @Override
    public List<Owned> owned() {
        return owned;
    }

    @Override
    public void publish() {
        List<Transfer> transfers = new ArrayList<>();
        try (PointerScope scope = Native.scope()) {
            for (Owned each : owned) {
                Tensor whole = each.bucket().weights();
                Tensor mine = whole.narrow(0, each.begin(), each.master().numel());
                if (!each.bucket().formats().isFp32()) {
                    mine.copy_(each.master());
                }
                transfers.add(group.startAllGather(whole, mine.clone()));
            }
            transfers.forEach(Transfer::await);
            shards.forEach(GradientShard::clear);
        }
    }
}
