// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.validation.train.ExchangeTime;
import dev.dryrun.validation.train.KernelTime;
import dev.dryrun.validation.train.RankMemory;
import dev.dryrun.validation.train.TrainedSpan;
import dev.dryrun.validation.train.TrainedStep;
import java.util.List;
import java.util.Optional;

/// A line by which a rank tells its launcher something: a mark, what it is, and its figures, between tabs.
///
/// @param kind what it tells of
/// @param words its figures
record Message(Kind kind, List<String> words) {
    private static final String MARK = "@dryrun";
    private static final String TAB = "\t";

    enum Kind {
        STEP,
        KERNEL,
        MEMORY,
        SPAN,
        EXCHANGE,
        FAILURE
    }

    private static String line(Kind kind, Object... words) {
        var line = new StringBuilder(MARK).append(TAB).append(kind);
        for (Object word : words) {
            line.append(TAB).append(String.valueOf(word).replaceAll("[\\t\\n\\r]+", " "));
        }
        return line.toString();
    }

    static String step(TrainedStep step) {
        return line(Kind.STEP, step.number(), step.loss(), step.gradientNorm(), step.seconds());
    }

    static String kernel(KernelTime time) {
        return line(
                Kind.KERNEL,
                time.rank(),
                time.name(),
                time.shape(),
                time.pass(),
                time.calls(),
                time.seconds(),
                time.leastSeconds(),
                time.quietSeconds());
    }

    static String memory(RankMemory memory) {
        return line(Kind.MEMORY, memory.rank(), memory.stateBytes(), memory.peakBytes());
    }

    static String span(TrainedSpan span) {
        return line(Kind.SPAN, span.rank(), span.name(), span.pass(), span.startSeconds(), span.endSeconds());
    }

    static String exchange(ExchangeTime time) {
        return line(Kind.EXCHANGE, time.kind(), time.bytes(), time.rounds(), time.medianSeconds(), time.quietSeconds());
    }

    static String failure(Throwable failure) {
        return line(Kind.FAILURE, failure);
    }

    /// The message in a line; empty where the line is something else, such as a library's.
    static Optional<Message> in(String line) {
        if (!line.startsWith(MARK + TAB)) {
            return Optional.empty();
        }
        List<String> words = List.of(line.split(TAB, -1));
        return Optional.of(new Message(Kind.valueOf(words.get(1)), words.subList(2, words.size())));
    }

    TrainedStep toStep() {
        return new TrainedStep((int) whole(0), number(1), number(2), number(3));
    }

    KernelTime toKernel() {
        return new KernelTime(
                (int) whole(0),
                words.get(1),
                words.get(2),
                KernelTime.Pass.valueOf(words.get(3)),
                whole(4),
                number(5),
                number(6),
                number(7));
    }

    RankMemory toMemory() {
        return new RankMemory((int) whole(0), whole(1), whole(2));
    }

    TrainedSpan toSpan() {
        return new TrainedSpan(
                (int) whole(0), words.get(1), KernelTime.Pass.valueOf(words.get(2)), number(3), number(4));
    }

    ExchangeTime toExchange() {
        return new ExchangeTime(CollectiveKind.valueOf(words.get(0)), whole(1), (int) whole(2), number(3), number(4));
    }

    private long whole(int place) {
        return Long.parseLong(words.get(place));
    }

    private double number(int place) {
        return Double.parseDouble(words.get(place));
    }
}
