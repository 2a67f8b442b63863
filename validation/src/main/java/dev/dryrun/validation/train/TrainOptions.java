// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.strategy.job.TrainingJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How a training runs, beside what the scenario says.
@Command
final class TrainOptions {
    private static final int MOST_THREADS = 1024;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "100", description = "Steps (default 100).")
    private int steps;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of weights and batches (default 1).")
    private long seed;

    @Option(names = "--text", paramLabel = "FILE", description = "Learn the bytes of a file, not of a small grammar.")
    private @Nullable Path text;

    @Option(names = "--device", defaultValue = "cpu", description = "cpu, or cuda:0 with the GPU build (default cpu).")
    String device = "cpu";

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "Of each rank (default 1).")
    private int threads;

    @Option(names = "--learning-rate", paramLabel = "X", defaultValue = "1e-3", description = "Default 0.001.")
    private double learningRate;

    @Option(names = "--weight-decay", paramLabel = "X", defaultValue = "0.01", description = "Of AdamW, default 0.01.")
    private double weightDecay;

    @Option(
            names = "--clip-norm",
            paramLabel = "X",
            defaultValue = "0",
            description = "Clip gradients to this norm (default 0: not).")
    private double clipNorm;

    @Option(
            names = "--catalog",
            paramLabel = "DIR",
            description = "A folder of your own catalog files; may be given several times.")
    List<Path> catalog = List.of();

    /// What cannot be, with the remedy; null where all can.
    @Nullable
    String problem(TrainingJob job) {
        if (steps < 1) {
            return "--steps is " + steps + ", but must be at least 1.";
        }
        if (threads < 1 || threads > MOST_THREADS) {
            return "--threads is " + threads + ", but must be from 1 to " + MOST_THREADS + ".";
        }
        String unknownDevice = TrainingDevice.problem(device).orElse(null);
        if (unknownDevice != null) {
            return unknownDevice;
        }
        if (!(learningRate > 0 && learningRate < Double.POSITIVE_INFINITY)) {
            return "--learning-rate is " + learningRate + ", but must be positive.";
        }
        if (!(weightDecay >= 0) || !(clipNorm >= 0)) {
            return "--weight-decay is " + weightDecay + " and --clip-norm " + clipNorm
                    + ", but neither may be negative.";
        }
        return text == null ? null : problemWithText(text, job.training().sequenceLength());
    }

    private static @Nullable String problemWithText(Path file, long sequenceLength) {
        try {
            long bytes = Files.size(file);
            return bytes > sequenceLength
                    ? null
                    : file + " has " + bytes + " bytes, but must have more than the " + sequenceLength
                            + " tokens of a sequence.";
        } catch (IOException unreadable) {
            return file + " cannot be read, but must be a file whose bytes are learnt.";
        }
    }

    TrainingOrder order(Path scenario, List<Path> folders) {
        return new TrainingOrder(
                scenario,
                folders,
                steps,
                TrainingOrder.usualWarmUp(steps),
                seed,
                Optional.ofNullable(text),
                device,
                threads,
                learningRate,
                weightDecay,
                clipNorm);
    }
}
