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

/// Each replica keeps everything; gradients are all-reduced, bucket by bucket, while the backward pass goes on.
/// Source: Li et al., VLDB 2020, arXiv:2006.15704, section 3.2.
final class WholeCopies implements Replicas {
    private final Group group;
    private final boolean overlaps;
    private final Consumer<Bucket> complete;
    private final List<Owned> owned = new ArrayList<>();
    private final List<Transfer> transfers = new ArrayList<>();

    WholeCopies(Group group, boolean overlaps, Consumer<Bucket> complete) {
        this.group = group;
        this.overlaps = overlaps;
        this.complete = complete;
    }

    @Override
    public void take(Bucket bucket, Tensor flat) {
        try (PointerScope scope = Native.scope()) {
            Formats formats = bucket.formats();
            bucket.setWeights(formats.isFp32() ? Native.alias(flat) : Native.keep(flat.to(formats.products())));
            owned.add(new Owned(bucket, 0, flat, bucket::gradients));
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
        if (last && unit.bucket().pass()) {
            complete.accept(unit.bucket());
            if (!group.isAlone()) {
                Transfer transfer = group.startAllReduce(unit.bucket().gradients());
                transfers.add(transfer);
                if (!overlaps) {
                    transfer.await();
                }
            }
        }
    }

    @Override
    public void finish() {
        transfers.forEach(Transfer::await);
        transfers.clear();
    }

    @Override
    public List<Owned> owned() {
        return owned;
    }

    @Override
    public void publish() {
        for (Owned each : owned) {
            if (!each.bucket().formats().isFp32()) {
                each.bucket().weights().copy_(each.master());
            }
            each.bucket().clearGradients();
        }
    }
}
