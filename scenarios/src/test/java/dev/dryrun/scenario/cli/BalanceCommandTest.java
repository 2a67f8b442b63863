// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BalanceCommandTest {
    private static final Pattern STEP = Pattern.compile("\"step_time_s\": ([0-9.e-]+)");

    @TempDir
    private Path folder;

    private Path scenario() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("jobs"));
        return Files.writeString(inside.resolve("two.yaml"), """
            model: llama2-7b
            cluster: {parts: [{node: dgx-a100-80gb, nodes: 1}, {node: hgx-h100, nodes: 1}], fabric: fat-tree}
            training: {sequence_length: 2048, global_batch: 32, precision: bf16}
            strategy: {tensor: 8, pipeline: {stages: 2}, data: auto}
            stack: te-2024
            site: default
            """);
    }

    private static double step(String json, int number) {
        Matcher matcher = STEP.matcher(json);
        for (int i = 0; i <= number; i++) {
            assertTrue(matcher.find(), json);
        }
        return Double.parseDouble(matcher.group(1));
    }

    /// The written scenario, beside or away from the given one, simulates to the step that was promised.
    @Test
    void theWrittenScenarioIsTheBalancedOne() throws IOException {
        Path balanced = folder.resolve("balanced.yaml");
        Run run = Run.of("balance", scenario().toString(), "-o", balanced.toString(), "--json");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(step(run.out(), 1) < 0.8 * step(run.out(), 0), run.out());
        Run simulated = Run.of("simulate", balanced.toString(), "--json");
        assertEquals(0, simulated.exitCode(), simulated.err());
        assertEquals(step(run.out(), 1), step(simulated.out(), 0), 1e-12);
        assertTrue(Files.readString(balanced).contains("extends: \"jobs/two.yaml\""), Files.readString(balanced));
    }

    @Test
    void balancedTwiceNothingIsLeftToDo() throws IOException {
        Path balanced = folder.resolve("balanced.yaml");
        Run.of("balance", scenario().toString(), "-o", balanced.toString(), "--quiet");
        Run again = Run.of("balance", balanced.toString());
        assertEquals(0, again.exitCode(), again.err());
        assertTrue(again.out().contains("nothing quicker was found"), again.out());
    }

    @Test
    void aFileIsNotOverwritten() throws IOException {
        Path there = Files.writeString(folder.resolve("there.yaml"), "mine");
        Run run = Run.of("balance", scenario().toString(), "-o", there.toString());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("the file is there already"), run.err());
        assertEquals("mine", Files.readString(there));
        assertEquals(
                0,
                Run.of("balance", scenario().toString(), "-o", there.toString(), "--force")
                        .exitCode());
    }

    @Test
    void whatIsNoScenarioIsABadInput() throws IOException {
        Run missing = Run.of("balance", folder.resolve("none.yaml").toString());
        assertEquals(2, missing.exitCode());
        Path bad = Files.writeString(folder.resolve("bad.yaml"), "cluster: {parts: [{node: dgx-a1000, nodes: 1}]}");
        Run run = Run.of("balance", bad.toString());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("cluster.parts[0].node"), run.err());
        assertTrue(run.err().lines().noneMatch(line -> line.contains("Exception")), run.err());
    }

    /// A network of several kinds of nodes is neither drawn nor measured.
    @Test
    void otherCommandsSayWhereNodesMustBeEqual() {
        Run run = Run.of("network", "show", "../examples/mixed-a100-h100-mi300x.yaml");
        assertEquals(2, run.exitCode(), run.out());
        assertTrue(run.err().contains("where all nodes are equal"), run.err());
        Run estimate = Run.of("estimate", "../examples/mixed-a100-h100-mi300x.yaml");
        assertEquals(0, estimate.exitCode(), estimate.err());
    }
}
