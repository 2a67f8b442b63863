// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import static org.bytedeco.pytorch.global.torch.set_num_threads;

import dev.dryrun.validation.minitrainer.group.Groups;
import dev.dryrun.validation.minitrainer.group.Wires;
import dev.dryrun.validation.minitrainer.measure.KernelTimes;
import dev.dryrun.validation.minitrainer.measure.MemoryWatch;
import dev.dryrun.validation.minitrainer.rank.Job;
import dev.dryrun.validation.minitrainer.rank.Rank;
import dev.dryrun.validation.minitrainer.tape.Bench;
import dev.dryrun.validation.train.RankMemory;
import dev.dryrun.validation.train.TrainingOrder;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.global.torch_cuda;

/// The process of one rank. It ends as soon as its standard input does, because then whoever started it is gone.
///
/// Words: rank, meeting place, and those of the order.
final class RankMain {
    private RankMain() {}

    public static void main(String[] args) {
        RankEnd.run(() -> {
            List<String> words = List.of(args);
            run(
                    Integer.parseInt(words.get(0)),
                    Path.of(words.get(1)),
                    TrainingOrder.of(words.subList(2, words.size())));
        });
    }

    private static void run(int rank, Path meetingPlace, TrainingOrder order) {
        Job job = Job.read(order);
        set_num_threads(order.threads());
        if (job.onGpu()) {
            torch_cuda.SetDevice((byte) job.gpu(rank));
        }
        DeviceMeasures measures = DeviceMeasures.of(job.gpu(rank));
        var times = new KernelTimes(measures.clock());
        try (NoGradGuard off = new NoGradGuard()) {
            var wires = new Wires(meetingPlace, job.onGpu());
            Groups groups = Groups.connect(job.layout(), rank, wires, times);
            var memory = new MemoryWatch(measures.liveBytes());
            var trained = new Rank(job, rank, groups, new Bench(times, memory));
            for (int step = 0; step < order.steps(); step++) {
                if (step == Math.min(order.warmUp(), 2)) {
                    memory.stop();
                }
                if (step == order.warmUp()) {
                    times.count();
                }
                System.out.println(Message.step(trained.step()));
            }
            times.all(rank).forEach(time -> System.out.println(Message.kernel(time)));
            times.spansOfQuickestStep(rank).forEach(span -> System.out.println(Message.span(span)));
            System.out.println(Message.memory(new RankMemory(rank, memory.nowBytes(), memory.peakBytes())));
            groups.world().barrier();
        }
    }
}
