// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.dryrun.validation.minitrainer.group.Group;
import dev.dryrun.validation.minitrainer.group.Transfer;
import dev.dryrun.validation.minitrainer.tape.Native;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// A replica's share of a bucket's gradients, summed over replicas.
final class GradientShard {
    private final Bucket bucket;
    private final Group group;
    private final Tensor sum;
    private @Nullable Transfer transfer;
    private @Nullable Tensor arriving;

    GradientShard(Bucket bucket, Group group) {
        this.bucket = bucket;
        this.group = group;
        try (PointerScope scope = Native.scope()) {
            sum = Native.keep(zeros(new long[] {elements()}, bucket.formats().gradients()));
        }
    }

    Bucket bucket() {
        return bucket;
    }

    long elements() {
        return bucket.elements() / group.size();
    }

    long begin() {
        return elements() * group.place();
    }

    Tensor sum() {
        return sum;
    }

    /// Begins to add what the replicas' buckets hold, which is done with.
    void startAdding() {
        await();
        try (PointerScope scope = Native.scope()) {
            Tensor part = Native.keep(
                    empty(new long[] {elements()}, bucket.formats().gradients(), new MemoryFormatOptional()));
            transfer = group.startReduceScatter(part, bucket.gradients());
            arriving = part;
            bucket.freeGradients();
        }
    }

    /// Waits until it is added.
    void await() {
        Tensor part = arriving;
        if (transfer != null && part != null) {
            transfer.await();
            sum.add_(part);
            Native.free(part);
        }
        transfer = null;
        arriving = null;
    }

    void clear() {
        sum.zero_();
    }
}
