// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.minitrainer.data.Batches;
import dev.dryrun.validation.train.TrainedStep;
import dev.dryrun.validation.train.TrainingOrder;
import dev.dryrun.validation.train.TrainingReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The examples learn, and what `docs/train.md` says they do.
class ExampleTest {
    private static final Path ROOT = Path.of("..", "..");
    /// Kernels one behind the other from tokens to loss and back, as in [LayoutsTest].
    private static final int DEPTH = 2 * (4 * 12 + 5);

    @ParameterizedTest
    @ValueSource(strings = {"mini-gpt.yaml", "mini-gpt-tp2.yaml"})
    void thePageSaysTheLossesOfTheExample(String example) throws IOException {
        List<String> cells = Files.readAllLines(ROOT.resolve("docs/train.md")).stream()
                .filter(line -> line.startsWith("| `" + example + "`"))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .findFirst()
                .orElseThrow();
        List<TrainedStep> steps = train(example, 3).steps();
        for (int step = 0; step < steps.size(); step++) {
            double recorded = Double.parseDouble(cells.get(2 + step));
            // Half a unit in the last place of fp32 for each kernel on the way, and again for each update before.
            double rounding = (step + 1) * DEPTH * Math.scalb(1.0, -24) * recorded;
            assertEquals(recorded, steps.get(step).loss(), rounding, example + ", step " + (step + 1));
        }
    }

    /// Who knows how often each byte comes, and nothing of what stands before it, has the entropy of the bytes as loss.
    @Test
    void theExampleLearnsMoreThanHowOftenBytesCome() {
        double learnt = train("mini-gpt.yaml", 60).lastLoss();
        double[] counts = new double[256];
        long[] ids = Batches.of(Optional.empty(), 1, 64).tokens(0, 0, 2000).ids();
        for (long id : ids) {
            counts[(int) id]++;
        }
        double entropy = 0;
        for (double count : counts) {
            double share = count / ids.length;
            entropy -= share > 0 ? share * Math.log(share) : 0;
        }
        assertTrue(learnt < entropy, learnt + " is not below " + entropy);
    }

    /// What a kernel's time is summed from adds up to less than the steps that it is measured in.
    @Test
    void kernelsTakeNoLongerThanTheirSteps() {
        TrainingReport report = train("mini-gpt.yaml", 9);
        double kernels =
                report.kernels().stream().mapToDouble(time -> time.seconds()).sum();
        double steps = report.steps().stream()
                .skip(report.order().warmUp())
                .mapToDouble(TrainedStep::seconds)
                .sum();
        assertTrue(kernels > 0 && kernels <= steps, kernels + " of " + steps);
        // Weights, gradients and two moments, four bytes each, are there at the peak and after it.
        assertTrue(
                report.peakBytes() >= 16 * report.parameters(), report.memory().toString());
        assertTrue(
                report.memory().getFirst().stateBytes() >= 16 * report.parameters(),
                report.memory().toString());
    }

    private static TrainingReport train(String example, int steps) {
        return new LibtorchTrainer()
                .train(TrainingOrder.usual(ROOT.resolve("examples").resolve(example), steps), step -> {});
    }
}
