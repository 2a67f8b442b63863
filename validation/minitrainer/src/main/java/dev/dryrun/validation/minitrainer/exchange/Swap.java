// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.exchange;

import static org.bytedeco.pytorch.global.torch.full;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.validation.minitrainer.group.Group;
import dev.dryrun.validation.minitrainer.group.Transfer;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// What a rank does in an exchange, again and again on the same buffers. A message goes there and back between the
/// first two ranks.
final class Swap {
    private static final int TAG_THERE = 1;
    private static final int TAG_BACK = 2;

    private final CollectiveKind kind;
    private final Group group;
    private final Tensor whole;
    private final Tensor part;

    /// @param bytes as [CollectiveKind] says, of 32-bit numbers
    Swap(CollectiveKind kind, long bytes, Group group, Device device) {
        this.kind = kind;
        this.group = group;
        long numbers = bytes / Float.BYTES;
        whole = zeros(numbers, device);
        part = zeros(numbers / group.size(), device);
    }

    private static Tensor zeros(long numbers, Device device) {
        return full(new long[] {numbers}, new Scalar(0)).to(device, ScalarType.Float);
    }

    /// How often a run moves what the kind says.
    int times() {
        return kind == CollectiveKind.SEND_RECV ? 2 : 1;
    }

    void run() {
        switch (kind) {
            case ALL_REDUCE -> group.allReduce(whole);
            case ALL_GATHER -> group.startAllGather(whole, part).await();
            case REDUCE_SCATTER -> group.startReduceScatter(part, whole).await();
            case SEND_RECV -> thereAndBack();
            case BROADCAST, REDUCE, ALL_TO_ALL, BARRIER ->
                throw new IllegalArgumentException("kind is " + kind + "; there is no such exchange here");
        }
    }

    private void thereAndBack() {
        switch (group.place()) {
            case 0 -> {
                // Asked for beforehand, as stages of a pipeline do.
                Transfer answer = group.startReceive(whole, 1, TAG_BACK);
                group.startSend(whole, 1, TAG_THERE).await();
                answer.await();
            }
            case 1 -> {
                group.startReceive(whole, 0, TAG_THERE).await();
                group.startSend(whole, 0, TAG_BACK).await();
            }
            default -> {
                // the others have no part in it
            }
        }
    }
}
