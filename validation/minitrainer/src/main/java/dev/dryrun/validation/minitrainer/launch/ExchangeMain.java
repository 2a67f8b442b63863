// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import static org.bytedeco.pytorch.global.torch.set_num_threads;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.validation.minitrainer.exchange.ExchangeRounds;
import dev.dryrun.validation.minitrainer.group.Group;
import dev.dryrun.validation.minitrainer.group.Groups;
import dev.dryrun.validation.minitrainer.group.Wires;
import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.minitrainer.measure.KernelTimes;
import dev.dryrun.validation.train.ExchangeOrder;
import dev.dryrun.validation.train.ExchangeTime;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch_cuda;

/// The process of one rank that times exchanges and nothing else. It ends as a rank of a training does.
///
/// Words: rank, meeting place, and those of the order.
final class ExchangeMain {
    private ExchangeMain() {}

    public static void main(String[] args) {
        RankEnd.run(() -> {
            List<String> words = List.of(args);
            run(
                    Integer.parseInt(words.get(0)),
                    Path.of(words.get(1)),
                    ExchangeOrder.of(words.subList(2, words.size())));
        });
    }

    private static void run(int rank, Path meetingPlace, ExchangeOrder order) {
        set_num_threads(1);
        boolean cuda = order.device().startsWith("cuda");
        int gpu = cuda
                ? rank
                        + Integer.parseInt(
                                order.device().substring(order.device().indexOf(':') + 1))
                : -1;
        if (cuda) {
            torch_cuda.SetDevice((byte) gpu);
        }
        Clock clock = DeviceMeasures.of(gpu).clock();
        try (NoGradGuard off = new NoGradGuard()) {
            var wires = new Wires(meetingPlace, cuda);
            Group world = Groups.world(rank, order.ranks(), wires, new KernelTimes(clock));
            var rounds = new ExchangeRounds(world, clock, new Device(cuda ? "cuda:" + gpu : "cpu"), order.seconds());
            for (CollectiveKind kind : order.kinds()) {
                for (long bytes : order.sizes()) {
                    ExchangeTime time = rounds.of(kind, bytes);
                    if (rank == 0) {
                        System.out.println(Message.exchange(time));
                    }
                }
            }
            world.barrier();
        }
    }
}
