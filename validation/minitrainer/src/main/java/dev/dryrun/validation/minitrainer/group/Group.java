// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.group;

import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.minitrainer.measure.KernelTimes;
import dev.dryrun.validation.train.KernelTime.Pass;
import java.util.function.Supplier;
import org.bytedeco.pytorch.AllreduceOptions;
import org.bytedeco.pytorch.Backend;
import org.bytedeco.pytorch.ReduceOp;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.Work;
import org.jspecify.annotations.Nullable;

/// Ranks that exchange tensors, as one of them sees it. Every exchange is measured, from its call until it was waited
/// for.
///
/// @param name such as `tensor`
/// @param place of this rank in the group
/// @param size ranks
/// @param backend null where the rank is alone
/// @param times of the calls
public record Group(
        String name, int place, int size, @Nullable Backend backend, KernelTimes times) {
    public boolean isAlone() {
        return size == 1;
    }

    /// Sums a tensor over the group, in place.
    public void allReduce(Tensor tensor) {
        startAllReduce(tensor).await();
    }

    /// The largest over the group of each element, in place.
    public void allReduceMaximum(Tensor tensor) {
        var options = new AllreduceOptions();
        options.reduceOp(new ReduceOp(ReduceOp.RedOpType.MAX));
        started("all-reduce", tensor, () -> called().allreduce(new TensorVector(tensor), options), tensor)
                .await();
    }

    /// The same as [#allReduce], while other things are done.
    public Transfer startAllReduce(Tensor tensor) {
        return started("all-reduce", tensor, () -> called().allreduce(new TensorVector(tensor)), tensor);
    }

    /// Puts the members' tensors one behind the other, in the order of the group.
    public Transfer startAllGather(Tensor whole, Tensor part) {
        return started("all-gather", whole, () -> called()._allgather_base(whole, part), whole, part);
    }

    /// Sums tensors over the group and leaves each member its part.
    public Transfer startReduceScatter(Tensor part, Tensor whole) {
        return started("reduce-scatter", whole, () -> called()._reduce_scatter_base(part, whole), whole, part);
    }

    /// Sends to another member.
    ///
    /// @param tag that the receiver names, too
    public Transfer startSend(Tensor tensor, int to, int tag) {
        return started("send", tensor, () -> called().send(new TensorVector(tensor), to, tag), tensor);
    }

    /// Receives from another member.
    public Transfer startReceive(Tensor tensor, int from, int tag) {
        return started("receive", tensor, () -> called().recv(new TensorVector(tensor), from, tag), tensor);
    }

    /// Waits until all members have come here.
    public void barrier() {
        if (backend != null) {
            backend.barrier()._wait();
        }
    }

    private Backend called() {
        if (backend == null) {
            throw new IllegalStateException("a rank that is alone exchanges nothing");
        }
        return backend;
    }

    private Transfer started(String what, Tensor counted, Supplier<Work> call, Tensor... held) {
        Clock.Mark begin = times.begin();
        Work work = call.get();
        long[] bytes = {counted.numel() * counted.element_size()};
        return new Transfer(work, () -> times.end(begin, what + " " + name, bytes, Pass.NEITHER), held);
    }
}
