// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkCommandTest {
    @TempDir
    private Path folder;

    /// At large sizes a ring over two nodes moves 2(n-1)/n of the bytes at the interfaces' rate: eight of 25 GB/s at
    /// 0.93 are a bus bandwidth of 186 GB/s.
    @Test
    void aBenchmarkEndsAtTheRateOfTheInterfaces() {
        Run run = Run.of(
                "network", "bench", "--cluster", "dgx-a100-80gb*2", "--size", "1GiB..16GiB", "--algorithm", "ring");
        assertEquals(0, run.exitCode(), run.err());
        String last = run.out().lines().reduce((a, b) -> b).orElseThrow();
        Matcher columns = Pattern.compile(" *17179869184 +\\S+ +\\S+ +(\\S+) +\\S+ to \\S+ +ring +node 0 nic 0 out")
                .matcher(last);
        assertTrue(columns.matches(), run.out());
        assertEquals(186, Double.parseDouble(columns.group(1)), 0.01 * 186);
    }

    @Test
    void jsonHasARowForEachSize() {
        Run run = Run.of("network", "bench", "--cluster", "hgx-h100", "--size", "1KiB..8KiB", "--json", "--chart");
        assertTrue(run.out().contains("\"schema\": \"dryrun/network-bench/1\""), run.out());
        assertEquals(4, run.out().split("\"message_bytes\"", -1).length - 1);
    }

    @Test
    void aNetworkIsShownAndExported() throws Exception {
        Path dot = folder.resolve("n.dot");
        Path graphMl = folder.resolve("n.graphml");
        Run run = Run.of(
                "network",
                "show",
                "../examples/gpt3-175b-a100.yaml",
                "--from",
                "3",
                "--to",
                "1000",
                "--dot",
                dot.toString(),
                "--graphml",
                graphMl.toString());
        assertEquals(0, run.exitCode(), run.err());
        // 1,024 GPUs whose interfaces carry 25 GB/s each: nothing on the way binds before them.
        assertTrue(run.out().contains("bisection 12.8 TB/s from one half to the other, 25.0 GB/s a GPU"), run.out());
        assertTrue(run.out().contains("node 0 nic 3 out"), run.out());
        assertTrue(Files.readString(dot).startsWith("digraph"));
        assertTrue(Files.readString(graphMl).contains("<node id=\"node-0-gpu-0\""));
    }

    @Test
    void whatIsWrongIsSaid() {
        String[][] wrong = {
            {"--cluster", "dgx-a100-80gb*x"},
            {"--cluster", "dgx-a100-80g*2"},
            {"--cluster", "hgx-h100", "--group", "0,0"},
            {"--cluster", "hgx-h100", "--group", "9"},
            {"--cluster", "hgx-h100", "--size", "8"},
            {"--cluster", "hgx-h100", "--size", "8GiB..1KiB"},
            {"--cluster", "hgx-h100", "--kind", "all-redude"},
            {"--cluster", "hgx-h100", "--kind", "send-recv"},
            {"--cluster", "hgx-h100", "--algorithm", "spiral"},
            {"--cluster", "hgx-h100*2", "--fabric", "fat-three"},
            {"--cluster", "hgx-h100*2", "--degraded", "node 9 nic 0=0.5"},
            {"--cluster", "hgx-h100*2", "--degraded", "node 0 nic 0"},
            {"--cluster", "hgx-h100*2", "--degraded", "node 0 nic 0=2"},
            {"--cluster", "hgx-h100*2", "--degraded", "core 0=0.5"},
            {"--cluster", "hgx-h100*2", "--degraded", "leaf 0=0"}
        };
        for (String[] words : wrong) {
            String[] all = new String[words.length + 2];
            all[0] = "network";
            all[1] = "bench";
            System.arraycopy(words, 0, all, 2, words.length);
            Run run = Run.of(all);
            assertEquals(2, run.exitCode(), String.join(" ", all) + ": " + run.err());
            assertTrue(!run.err().contains("Exception") && !run.err().contains("\tat "), run.err());
        }
    }
}
