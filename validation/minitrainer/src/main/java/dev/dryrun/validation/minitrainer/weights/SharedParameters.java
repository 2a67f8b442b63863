// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import static org.bytedeco.pytorch.global.torch.empty;

import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.validation.minitrainer.group.Group;
import dev.dryrun.validation.minitrainer.group.Transfer;
import dev.dryrun.validation.minitrainer.tape.Native;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Each replica has a share of everything: a unit's weights are gathered when a pass comes to it, and its gradients go
/// to their owners right after its backward pass (ZeRO-3, FSDP).
/// Source: Zhao et al., VLDB 2023, arXiv:2304.11277, section 3.
final class SharedParameters implements Replicas {
    private final Group group;
    private final ParameterSharding manner;
    private final Consumer<Bucket> complete;
    private final List<Shared> all = new ArrayList<>();

    /// A bucket with what this rank has of it.
    private static final class Shared {
        private final Owned owned;
        private final GradientShard gradients;
        private @Nullable Transfer gathering;

        Shared(Owned owned, GradientShard gradients) {
            this.owned = owned;
            this.gradients = gradients;
        }
    }

    SharedParameters(Group group, ParameterSharding manner, Consumer<Bucket> complete) {
        this.group = group;
        this.manner = manner;
        this.complete = complete;
    }

    @Override
    public void take(Bucket bucket, Tensor flat) {
        try (PointerScope scope = Native.scope()) {
            var gradients = new GradientShard(bucket, group);
            Tensor mine = Native.keep(
                    flat.narrow(0, gradients.begin(), gradients.elements()).clone());
            Native.free(flat);
            all.add(new Shared(new Owned(bucket, gradients.begin(), mine, gradients::sum), gradients));
        }
    }

    @Override
    public void beforeForward(Unit unit) {
        gather(unit, 1);
    }

    @Override
    public void afterForward(Unit unit) {
        if (manner.reshardAfterForward()) {
            unit.bucket().setWeights(null);
        }
    }

    @Override
    public void beforeBackward(Unit unit) {
        gather(unit, -1);
    }

    @Override
    public void afterBackward(Unit unit, boolean last) {
        complete.accept(unit.bucket());
        all.get(numberOf(unit)).gradients.startAdding();
        unit.bucket().setWeights(null);
    }

    /// Gathers a unit, and begins with the one that comes next.
    private void gather(Unit unit, int direction) {
        int number = numberOf(unit);
        start(number);
        if (manner.prefetch()) {
            start(number + direction);
        }
        Shared mine = all.get(number);
        if (mine.gathering != null) {
            mine.gathering.await();
            mine.gathering = null;
        }
    }

    private void start(int number) {
        if (number < 0 || number >= all.size()) {
            return;
        }
        Shared shared = all.get(number);
        Bucket bucket = shared.owned.bucket();
        if (bucket.hasWeights()) {
            return;
        }
        try (PointerScope scope = Native.scope()) {
            Tensor whole = Native.keep(
                    empty(new long[] {bucket.elements()}, bucket.formats().activations(), new MemoryFormatOptional()));
            shared.gathering = group.startAllGather(
                    whole, shared.owned.master().to(bucket.formats().products()));
            bucket.setWeights(whole);
        }
    }

    private int numberOf(Unit unit) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).owned.bucket() == unit.bucket()) {
                return i;
            }
        }
        throw new IllegalStateException("a bucket that was never taken over");
    }

    @Override
    public void finish() {
        all.forEach(shared -> shared.gradients.await());
    }

    @Override
    public List<Owned> owned() {
        return all.stream().map(shared -> shared.owned).toList();
    }

    @Override
    public void publish() {
        for (Shared shared : all) {
            if (shared.gathering != null) {
                shared.gathering.await();
                shared.gathering = null;
            }
            shared.owned.bucket().setWeights(null);
            shared.gradients.clear();
        }
    }
}
