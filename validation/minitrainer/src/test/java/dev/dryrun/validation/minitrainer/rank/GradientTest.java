// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.rank;

import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.validation.minitrainer.group.Groups;
import dev.dryrun.validation.minitrainer.group.Wires;
import dev.dryrun.validation.minitrainer.launch.Scenarios;
import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.minitrainer.measure.KernelTimes;
import dev.dryrun.validation.minitrainer.measure.MemoryWatch;
import dev.dryrun.validation.minitrainer.tape.Bench;
import dev.dryrun.validation.train.TrainedStep;
import dev.dryrun.validation.train.TrainingOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The gradient that the tape makes is that of the loss.
///
/// A step of plain gradient descent from w, learning the same tokens again, changes the loss by
///
///     L(w) - L(w - r g) = r g.G - r^2 g.H.g / 2 + ...
///
/// where G is the true gradient and g the one that was used. With steps of r and r/2 the second term is taken out:
/// `4 D(r/2) - D(r) = r g.G`, which is `r g.g` exactly where g has no part that differs from G.
class GradientTest {
    private static final double RATE = 2e-3;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "GPT, none, te-2024",
        "GPT, full, te-2024",
        "LLAMA, none, megatron-2021",
        "LLAMA, selective, te-2024",
        "MIXTURE, none, te-2024"
    })
    void theLossFallsByTheSquareOfTheGradient(String model, String recompute, String stack) throws IOException {
        List<TrainedStep> whole = twoSteps(model, recompute, stack, RATE);
        List<TrainedStep> half = twoSteps(model, recompute, stack, RATE / 2);
        double fall = whole.get(0).loss() - whole.get(1).loss();
        double fallOfHalf = half.get(0).loss() - half.get(1).loss();
        double expected =
                RATE * whole.getFirst().gradientNorm() * whole.getFirst().gradientNorm();
        // Each of the four losses is a mean in fp32, of two micro-batches: an error of a unit in the last place, 2^-23
        // of 5.6, in five-fold combination; and the third term, of which (r |g|)^2 is the size.
        double rounding = 10 * 5.6 * Math.scalb(1.0, -23);
        double thirdTerm = expected * expected;
        assertEquals(expected, 4 * fallOfHalf - fall, rounding + thirdTerm, model + " " + recompute);
    }

    private List<TrainedStep> twoSteps(String model, String recompute, String stack, double rate) throws IOException {
        String dimensions = switch (model) {
            case "GPT" -> Scenarios.GPT;
            case "LLAMA" -> Scenarios.LLAMA;
            default -> Scenarios.MIXTURE;
        };
        // As many bytes as make one sequence: every step learns the same.
        Path text = Files.writeString(folder.resolve("text"), "to be or not to b");
        Path scenario = Scenarios.write(
                folder, model, dimensions, "fp32", "sgd", "micro_batch: 2, data: 1, recompute: " + recompute, stack);
        var order = new TrainingOrder(scenario, List.of(), 2, 0, 1, Optional.of(text), "cpu", 1, rate, 0, 0);
        set_num_threads(1);
        try (NoGradGuard off = new NoGradGuard()) {
            Job job = Job.read(order);
            var times = new KernelTimes(Clock.ofCpu());
            Groups groups = Groups.connect(job.layout(), 0, new Wires(folder, false), times);
            var rank = new Rank(job, 0, groups, new Bench(times, new MemoryWatch(() -> 0)));
            return List.of(rank.step(), rank.step());
        }
    }
}
