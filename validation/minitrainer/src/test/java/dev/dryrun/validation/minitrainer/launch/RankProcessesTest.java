// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.train.TrainingFailure;
import dev.dryrun.validation.train.TrainingOrder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// No rank outlives the others, or the process that started it.
class RankProcessesTest {
    @TempDir
    private Path folder;

    @Test
    @Timeout(120)
    void aRankThatDiesEndsTheJobWithItsWords() {
        List<Long> processes = Collections.synchronizedList(new ArrayList<>());
        List<List<String>> words = List.of(List.of("waits"), List.of("dies"));
        try (var ranks = new RankProcesses(
                DyingRank.class,
                words,
                (rank, message) -> processes.add(message.toMemory().stateBytes()))) {
            var failure = assertThrows(TrainingFailure.class, ranks::await);
            assertEquals("rank 1 ended with code " + DyingRank.CODE + ": the disk is full", failure.getMessage());
        }
        assertNoneRuns(processes);
    }

    @Test
    @Timeout(120)
    void ranksEndWithTheirParent() throws IOException, InterruptedException {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        List<Long> processes = new ArrayList<>();
        try (var said = new BufferedReader(new InputStreamReader(parent.getInputStream(), StandardCharsets.UTF_8))) {
            processes.add(Long.parseLong(said.readLine()));
            processes.add(Long.parseLong(said.readLine()));
        }
        assertTrue(processes.stream().allMatch(RankProcessesTest::runs));
        parent.destroyForcibly().waitFor();
        while (processes.stream().anyMatch(RankProcessesTest::runs)) {
            Thread.sleep(20);
        }
    }

    @Test
    @Timeout(120)
    void aRankThatCannotReadItsTextSaysSo() throws IOException {
        Path scenario = Scenarios.write(
                folder, "failing", Scenarios.GPT, "fp32", "adamw", "data: 2, micro_batch: 1", "te-2024");
        var order = new TrainingOrder(
                scenario, List.of(), 2, 0, 1, Optional.of(folder.resolve("absent.txt")), "cpu", 1, 1e-3, 0, 0);
        var failure = assertThrows(TrainingFailure.class, () -> new LibtorchTrainer().train(order, step -> {}));
        assertTrue(failure.getMessage().contains("absent.txt"), failure.getMessage());
    }

    private static void assertNoneRuns(List<Long> processes) {
        assertFalse(processes.stream().anyMatch(RankProcessesTest::runs), processes.toString());
    }

    private static boolean runs(long process) {
        return ProcessHandle.of(process).map(ProcessHandle::isAlive).orElse(false);
    }
}
