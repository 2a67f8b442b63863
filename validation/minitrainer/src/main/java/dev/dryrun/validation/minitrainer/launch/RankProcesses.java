// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import dev.dryrun.validation.train.TrainingFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/// The processes of a training. When one fails, all others are stopped; when this process ends, for whatever reason,
/// they end too: each reads its standard input, which then is at its end.
final class RankProcesses implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final List<RankProcess> processes = new ArrayList<>();
    private final Thread hook = new Thread(this::kill, "stop-ranks");

    /// Starts them.
    ///
    /// @param main class that they run
    /// @param words of each
    /// @param hear is told each message, and of which rank
    RankProcesses(Class<?> main, List<List<String>> words, BiConsumer<Integer, Message> hear) {
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            for (int rank = 0; rank < words.size(); rank++) {
                processes.add(RankProcess.start(rank, command(main, words.get(rank)), environment(), hear));
            }
        } catch (IOException failure) {
            close();
            throw new TrainingFailure("the process of a rank cannot be started: " + failure.getMessage(), failure);
        }
    }

    private static List<String> command(Class<?> main, List<String> words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-Xshare:auto",
                // Little Java runs here; the other compiler takes memory that would be counted with the tensors.
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dorg.bytedeco.javacpp.maxphysicalbytes=0",
                "-Dorg.bytedeco.javacpp.maxbytes=0",
                "-Dorg.bytedeco.javacpp.nopointergc=true",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(words);
        return command;
    }

    /// Threads that wait without spinning, because ranks share the cores.
    private static Map<String, String> environment() {
        return Map.of("OMP_WAIT_POLICY", "passive", "OPENBLAS_NUM_THREADS", "1");
    }

    /// Waits until all have ended.
    ///
    /// @throws TrainingFailure as soon as one fails
    void await() {
        try {
            while (processes.stream().anyMatch(RankProcess::isAlive)) {
                for (RankProcess process : processes) {
                    if (process.hasFailed()) {
                        throw failure(process);
                    }
                }
                processes.getFirst().pause();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new TrainingFailure("the training was interrupted", stopped);
        }
        for (RankProcess process : processes) {
            if (process.hasFailed()) {
                throw failure(process);
            }
        }
        processes.forEach(RankProcess::hearToTheEnd);
    }

    /// What is told of the first failure: the rank that says why, if there is one, or the one that is gone.
    private TrainingFailure failure(RankProcess failed) {
        kill();
        processes.forEach(RankProcess::hearToTheEnd);
        return new TrainingFailure(failed.lastWords());
    }

    private void kill() {
        processes.forEach(RankProcess::kill);
    }

    @Override
    public void close() {
        kill();
        for (RankProcess process : processes) {
            process.awaitEnd(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // the hook runs
        }
    }
}
