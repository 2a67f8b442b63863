// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.exchange;

import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.tensor;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.validation.minitrainer.group.Group;
import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.minitrainer.tape.Native;
import dev.dryrun.validation.train.ExchangeTime;
import java.nio.LongBuffer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// Times exchanges round by round; before each, the ranks wait for each other.
///
/// Ranks of one machine have one clock, so a round begins when the last rank comes and ends when the last one leaves.
///
/// @param group all ranks
/// @param clock of the device
/// @param seconds that the rounds of a kind and size take, about
public record ExchangeRounds(Group group, Clock clock, Device device, double seconds) {
    private static final int WARM_UP = 5;
    private static final int LEAST_ROUNDS = 10;
    private static final int MOST_ROUNDS = 2000;

    /// Times a kind at a size; every rank gets the same answer.
    ///
    /// @param bytes as [CollectiveKind] says
    public ExchangeTime of(CollectiveKind kind, long bytes) {
        try (PointerScope scope = Native.scope()) {
            var swap = new Swap(kind, bytes, group, device);
            times(swap, WARM_UP);
            double usual = times(swap, WARM_UP).wholeSeconds() / WARM_UP;
            int rounds = Math.clamp(Math.round(seconds / usual), LEAST_ROUNDS, MOST_ROUNDS);
            RoundTimes times = times(swap, rounds);
            return new ExchangeTime(
                    kind, bytes, rounds, times.medianSeconds() / swap.times(), times.quietSeconds() / swap.times());
        }
    }

    private RoundTimes times(Swap swap, int rounds) {
        long[] stamps = new long[2 * rounds];
        for (int round = 0; round < rounds; round++) {
            try (PointerScope scope = Native.scope()) {
                group.barrier();
                settle();
                stamps[2 * round] = System.nanoTime();
                swap.run();
                settle();
                stamps[2 * round + 1] = System.nanoTime();
            }
        }
        return new RoundTimes(ofAll(stamps), rounds);
    }

    /// Waits for the device, which may run behind its host.
    private void settle() {
        clock.end(clock.mark(), nanos -> {});
        clock.settle();
    }

    /// Stamps of all ranks, one rank behind the other.
    private long[] ofAll(long[] stamps) {
        try (PointerScope scope = Native.scope()) {
            Tensor all = full(new long[] {(long) group.size() * stamps.length}, new Scalar(0))
                    .to(device, ScalarType.Long);
            group.startAllGather(all, tensor(stamps).to(device, ScalarType.Long))
                    .await();
            LongBuffer buffer = all.cpu().createBuffer();
            long[] gathered = new long[group.size() * stamps.length];
            buffer.get(gathered);
            return gathered;
        }
    }
}
