// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.InvalidInputException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/// `dryrun train` without libtorch: a trainer that has measured already stands in for the real one.
class TrainCommandTest {
    private static final String SOUND = """
        model: {family: gpt, layers: 2, hidden: 32, heads: 4, vocabulary: 256, dropout: false}
        cluster: {node: dgx-a100-80gb, nodes: 1}
        training: {sequence_length: 16, global_batch: 4, precision: fp32, optimizer: adamw}
        strategy: {data: 1, micro_batch: 1}
        """;

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "precision: fp32 | precision: fp16 | 3:61: training.precision is fp16",
                "optimizer: adamw | optimizer: muon | 3:78: training.optimizer is muon",
                "data: 1 | data: 2, context: 2 | 4:30: strategy.context is 2",
                "dropout: false | dropout: true | 1:81: model.dropout is true",
                "vocabulary: 256 | vocabulary: 100 | 1:67: model.vocabulary is 100",
                "data: 1 | data: 1, pipeline: {stages: 2, schedule: zb-h1} | 4:53: strategy.pipeline.schedule is zb-h1",
            })
    void whatCannotBeTrainedIsSaidWhereItStands(String sound, String asked, String message) throws IOException {
        Path file = scenario(SOUND.replace(sound, asked));
        var failure = assertThrows(InvalidInputException.class, () -> run(new Measured(), file.toString()));
        String told = failure.problems().getFirst().message();
        assertEquals(1, failure.problems().size(), failure.problems().toString());
        assertTrue(told.startsWith(file + ":" + message + ", but dryrun train "), told);
        assertTrue(told.contains(" Maybe "), told);
    }

    @Test
    void withoutTheTrainerItSaysHowToGetIt() throws IOException {
        assertEquals(2, run(null, scenario(SOUND).toString()));
        assertTrue(
                err.toString(StandardCharsets.UTF_8).contains("./dryrun train"), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aFailingRankIsTold() throws IOException {
        Trainer failing = new Measured() {
            @Override
            public TrainingReport train(TrainingOrder order, Progress progress) {
                throw new TrainingFailure("rank 1 ended with code 1: no memory");
            }
        };
        assertEquals(3, run(failing, scenario(SOUND).toString()));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("rank 1 ended with code 1: no memory"));
    }

    @Test
    void whatWasMeasuredIsWritten() throws IOException {
        Path json = folder.resolve("r.json");
        Path csv = folder.resolve("r.csv");
        int code = run(
                new Measured(),
                scenario(SOUND).toString(),
                "--steps",
                "3",
                "--json",
                json.toString(),
                "--csv",
                csv.toString(),
                "--kernels");
        assertEquals(0, code, err.toString(StandardCharsets.UTF_8));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("5.5000 at first, 4.5000 at the end"), text);
        assertTrue(text.contains("step        250.00 ms"), text); // of 200 and 300 ms: the first does not count
        assertTrue(text.contains("mlp up"), text);
        assertEquals(4, Files.readAllLines(csv).size());
        assertTrue(Files.readString(json).contains("\"schema\": \"dryrun/train/1\""));
    }

    @ParameterizedTest
    @CsvSource({"--steps, 0", "--threads, 0", "--device, tpu", "--learning-rate, -1", "--text, /no/such/file"})
    void wrongOptionsAreTold(String option, String value) throws IOException {
        assertEquals(2, run(new Measured(), scenario(SOUND).toString(), option, value));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains(value), err.toString(StandardCharsets.UTF_8));
    }

    @Test
    void anOrderIsTheSameAfterItsWords() throws IOException {
        var order = new TrainingOrder(
                scenario(SOUND), List.of(folder), 9, 2, -7, Optional.of(folder), "cuda:0", 4, 0.1, 0, 1.5);
        assertEquals(order, TrainingOrder.of(order.words()));
    }

    private Path scenario(String text) throws IOException {
        return Files.writeString(folder.resolve("s.yaml"), text);
    }

    private int run(Trainer trainer, String... words) {
        var command = new TrainCommand(
                () -> Optional.ofNullable(trainer), new PrintStream(out, true), new PrintStream(err, true));
        var thrown = new AtomicReference<InvalidInputException>();
        int code = new CommandLine(command)
                .setExecutionExceptionHandler((failure, line, parsed) -> {
                    thrown.set(assertInstanceOf(InvalidInputException.class, failure));
                    return 2;
                })
                .execute(words);
        if (thrown.get() != null) {
            throw thrown.get();
        }
        return code;
    }

    /// Steps of 100, 200, 300 ms, ... with a loss that falls by a half each.
    private static class Measured implements Trainer {
        @Override
        public TrainingReport train(TrainingOrder order, Progress progress) {
            List<TrainedStep> steps = java.util.stream.IntStream.range(0, order.steps())
                    .mapToObj(step -> new TrainedStep(step, 5.5 - 0.5 * step, 1, 0.1 * (step + 1)))
                    .toList();
            steps.forEach(progress::step);
            return new TrainingReport(
                    order,
                    1,
                    1000,
                    64,
                    steps,
                    List.of(new KernelTime(0, "mlp up", "16x128x32", KernelTime.Pass.FORWARD, 4, 0.4, 0.09, 0.09)),
                    List.of(new RankMemory(0, 4000, 9000)),
                    List.of(),
                    new TreeMap<>(Map.of("cores", "2")),
                    new TreeMap<>(Map.of("java", "25")));
        }

        @Override
        public SortedMap<String, String> facts() {
            return new TreeMap<>();
        }

        @Override
        public int mostRanks(String device) {
            return Integer.MAX_VALUE;
        }

        @Override
        public Optional<String> obstacle(String device) {
            return Optional.empty();
        }
    }
}
