// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The process of a rank, with what it says.
final class RankProcess {
    private static final int WORDS_KEPT = 40;
    private static final int MOST_WORDS = 600;
    private static final long PAUSE_MILLIS = 50;
    private static final long LISTEN_MILLIS = 5000;

    private final int rank;
    private final Process process;
    private final Deque<String> said = new ArrayDeque<>();
    private volatile String reason = "";
    private final List<Thread> listeners;

    private RankProcess(int rank, Process process, BiConsumer<Integer, Message> hear) {
        this.rank = rank;
        this.process = process;
        listeners = List.of(
                listener(process.getInputStream(), line -> out(line, hear)),
                listener(process.getErrorStream(), this::note));
        listeners.forEach(Thread::start);
    }

    static RankProcess start(
            int rank, List<String> command, Map<String, String> environment, BiConsumer<Integer, Message> hear)
            throws IOException {
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return new RankProcess(rank, builder.start(), hear);
    }

    private void out(String line, BiConsumer<Integer, Message> hear) {
        Message message = Message.in(line).orElse(null);
        if (message == null) {
            note(line);
        } else if (message.kind() == Message.Kind.FAILURE) {
            reason = message.words().getFirst();
        } else {
            hear.accept(rank, message);
        }
    }

    private void note(String line) {
        synchronized (said) {
            said.addLast(line);
            if (said.size() > WORDS_KEPT) {
                said.removeFirst();
            }
        }
    }

    private Thread listener(InputStream stream, Consumer<String> hear) {
        return Thread.ofPlatform().daemon().name("rank-" + rank).unstarted(() -> {
            try (var reader = new BufferedReader(new java.io.InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(hear);
            } catch (IOException | java.io.UncheckedIOException gone) {
                note("(" + gone.getMessage() + ")");
            }
        });
    }

    boolean isAlive() {
        return process.isAlive();
    }

    boolean hasFailed() {
        return !process.isAlive() && process.exitValue() != 0;
    }

    void pause() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }

    /// Until everything that it said was heard.
    void hearToTheEnd() {
        try {
            for (Thread listener : listeners) {
                listener.join(LISTEN_MILLIS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /// Why it failed, as it said, or its last line, or how it ended.
    String lastWords() {
        String words;
        synchronized (said) {
            words = !reason.isEmpty() ? reason : said.isEmpty() ? "it said nothing" : String.join(" | ", said);
        }
        if (words.length() > MOST_WORDS) {
            words = words.substring(0, MOST_WORDS) + " ...";
        }
        return "rank " + rank + " ended with code " + process.exitValue() + ": " + words;
    }

    void kill() {
        process.destroyForcibly();
    }

    void awaitEnd(long time, TimeUnit unit) {
        try {
            process.waitFor(time, unit);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
