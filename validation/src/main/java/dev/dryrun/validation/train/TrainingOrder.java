// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is to be trained, how long, on what. Each rank gets it as words and reads the scenario itself.
///
/// @param scenario the file
/// @param catalog folders of the user's catalog
/// @param steps of the optimizer
/// @param warmUp steps at the beginning that do not count in times
/// @param seed of weights and batches
/// @param text file whose bytes are learnt; empty for a text by a small grammar
/// @param device `cpu`, or `cuda:0`, from which rank r takes device r
/// @param threads of each rank
/// @param learningRate of the optimizer
/// @param weightDecay of the optimizer
/// @param clipNorm largest norm of all gradients; 0 where they are not clipped
public record TrainingOrder(
        Path scenario,
        List<Path> catalog,
        int steps,
        int warmUp,
        long seed,
        Optional<Path> text,
        String device,
        int threads,
        double learningRate,
        double weightDecay,
        double clipNorm) {
    /// Constants of the optimizer where nothing else is said.
    public static final double USUAL_LEARNING_RATE = 1e-3;

    public static final double USUAL_WEIGHT_DECAY = 0.01;

    public TrainingOrder {
        catalog = List.copyOf(catalog);
        if (steps < 1 || warmUp < 0 || warmUp >= steps) {
            throw new IllegalArgumentException(
                    "warmUp is " + warmUp + " of " + steps + " steps; at least one step must come after it");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("threads is " + threads + "; it must be at least 1");
        }
        if (!(learningRate > 0) || !(weightDecay >= 0) || !(clipNorm >= 0)) {
            throw new IllegalArgumentException("learningRate is " + learningRate + ", weightDecay " + weightDecay
                    + ", clipNorm " + clipNorm + "; the first must be positive, none negative");
        }
    }

    /// A training of so many steps on the CPU, one thread to a rank, all else as is usual.
    public static TrainingOrder usual(Path scenario, int steps) {
        return new TrainingOrder(
                scenario,
                List.of(),
                steps,
                usualWarmUp(steps),
                1,
                Optional.empty(),
                "cpu",
                1,
                USUAL_LEARNING_RATE,
                USUAL_WEIGHT_DECAY,
                0);
    }

    /// The same on another device.
    public TrainingOrder on(String other) {
        return new TrainingOrder(
                scenario, catalog, steps, warmUp, seed, text, other, threads, learningRate, weightDecay, clipNorm);
    }

    /// Steps that do not count where nothing else is said: three, or fewer of few.
    public static int usualWarmUp(int steps) {
        return Math.min(3, (steps - 1) / 2);
    }

    /// As words of a command line.
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                scenario.toString(),
                Integer.toString(steps),
                Integer.toString(warmUp),
                Long.toString(seed),
                text.map(Path::toString).orElse(""),
                device,
                Integer.toString(threads),
                Double.toString(learningRate),
                Double.toString(weightDecay),
                Double.toString(clipNorm)));
        catalog.forEach(folder -> words.add(folder.toString()));
        return words;
    }

    /// The order that these words say.
    public static TrainingOrder of(List<String> words) {
        return new TrainingOrder(
                Path.of(words.get(0)),
                words.subList(10, words.size()).stream().map(Path::of).toList(),
                Integer.parseInt(words.get(1)),
                Integer.parseInt(words.get(2)),
                Long.parseLong(words.get(3)),
                words.get(4).isEmpty() ? Optional.empty() : Optional.of(Path.of(words.get(4))),
                words.get(5),
                Integer.parseInt(words.get(6)),
                Double.parseDouble(words.get(7)),
                Double.parseDouble(words.get(8)),
                Double.parseDouble(words.get(9)));
    }
}
