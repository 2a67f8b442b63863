// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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
        Matcher columns = Pattern.compile(
                        " *17179869184 +\\S+ +\\S+ +(\\S+) +\\S+ to \\S+ +ring +simple +node 0 nic 0 out")
                .matcher(last);
        assertTrue(columns.matches(), run.out());
        assertEquals(186, Double.parseDouble(columns.group(1)), 0.01 * 186);
    }

    /// A site in a file of its own is laid over the one that it extends, as it is in the catalog.
    @Test
    void aSiteInAFileExtendsOneOfTheCatalog() throws Exception {
        Path room = folder.resolve("mine/room.yaml");
        Files.createDirectories(folder.resolve("sites"));
        Files.createDirectories(room.getParent());
        Files.writeString(folder.resolve("sites/slow.yaml"), "ring_efficiency: 0.31\n");
        Files.writeString(room, "extends: slow\nmessage_latency: 8 us\n");
        String[] args = {
            "network",
            "bench",
            "--cluster",
            "hgx-h100*2",
            "--kind",
            "all-gather",
            "--size",
            "4GiB",
            "--catalog",
            folder.toString(),
            "--site"
        };
        Run catalog = Run.of(with(args, "slow"));
        Run file = Run.of(with(args, room.toString()));
        assertEquals(0, file.exitCode(), file.err());
        assertEquals(seconds(catalog), seconds(file), 1e-3 * seconds(catalog));
    }

    private static String[] with(String[] args, String last) {
        String[] all = Arrays.copyOf(args, args.length + 1);
        all[args.length] = last;
        return all;
    }

    private static double seconds(Run run) {
        return Double.parseDouble(
                run.out().lines().skip(1).findFirst().orElseThrow().strip().split(" +", -1)[1]);
    }

    @Test
    void algorithmsAndProtocolsCanBeForced() {
        Run tree = Run.of(
                "network",
                "bench",
                "--cluster",
                "hgx-h100*2",
                "--size",
                "1MiB",
                "--algorithm",
                "tree",
                "--protocol",
                "ll");
        assertTrue(tree.out().contains(" tree "), tree.out());
        assertTrue(tree.out().contains(" ll "), tree.out());
        Run none = Run.of("network", "bench", "--cluster", "hgx-h100", "--kind", "all-gather", "--algorithm", "nvls");
        assertEquals(2, none.exitCode());
        assertTrue(none.err().contains("no algorithm left for all-gather over 8 GPUs"), none.err());
        Run unknown = Run.of("network", "bench", "--cluster", "hgx-h100", "--protocol", "ll64");
        assertEquals(2, unknown.exitCode());
        assertTrue(unknown.err().contains("must be one of simple, ll, ll128"), unknown.err());
    }

    @Test
    void aBarrierHasOneRowAndASkewSlowsAnAllToAll() {
        Run barrier = Run.of("network", "bench", "--cluster", "hgx-h100", "--kind", "barrier", "--chart");
        assertEquals(2, barrier.out().lines().count(), barrier.out());
        String even = Run.of(
                        "network", "bench", "--cluster", "hgx-h100", "--kind", "all-to-all", "--size", "1GiB", "--json")
                .out();
        String skewed = Run.of(
                        "network",
                        "bench",
                        "--cluster",
                        "hgx-h100",
                        "--kind",
                        "all-to-all",
                        "--size",
                        "1GiB",
                        "--json",
                        "--skew",
                        "4")
                .out();
        assertEquals(4, seconds(skewed) / seconds(even), 0.1);
        Run wrong = Run.of("network", "bench", "--cluster", "hgx-h100", "--skew", "2");
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.err().contains("only an all-to-all can be skewed"), wrong.err());
    }

    private static double seconds(String json) {
        Matcher time = Pattern.compile("\"time_s\": ([0-9.E-]+)").matcher(json);
        assertTrue(time.find(), json);
        return Double.parseDouble(time.group(1));
    }

    @Test
    void jsonHasARowForEachSize() {
        Run run = Run.of("network", "bench", "--cluster", "hgx-h100", "--size", "1KiB..8KiB", "--json", "--chart");
        assertTrue(run.out().contains("\"schema\": \"dryrun/network-bench/1\""), run.out());
        assertEquals(4, run.out().split("\"message_bytes\"", -1).length - 1);
    }

    /// A ring on two nodes of eight A100, by its formula: 30 bulk steps, of which 2 cross, then 30/16 of 1 GiB over
    /// 8 x 25 GB/s x 0.93; half a nanosecond for the rounding of each step.
    @Test
    void chunksOfARingAddUpToItsFormula() {
        Run run = Run.of(
                "network",
                "bench",
                "--cluster",
                "dgx-a100-80gb*2",
                "--size",
                "1GiB",
                "--algorithm",
                "ring",
                "--protocol",
                "simple",
                "--collectives",
                "chunked",
                "--json");
        assertTrue(run.out().contains("\"collectives\": \"chunked\""), run.out());
        Matcher time = Pattern.compile("\"time_s\": ([0-9.e-]+)").matcher(run.out());
        assertTrue(time.find(), run.out());
        double formula = 10e-6 + 28 * 4.2e-6 + 2 * 35e-6 + 30.0 / 16 * 0x1p30 / (8 * 25e9 * 0.93);
        assertEquals(formula, Double.parseDouble(time.group(1)), 31e-9);
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
    void nodesOfTheCatalogAreShownWithoutAScenario() throws Exception {
        Path html = folder.resolve("n.html");
        Run run = Run.of(
                "network",
                "show",
                "--cluster",
                "hgx-h100*4",
                "--fabric",
                "rail-optimised",
                "--to",
                "8",
                "--html",
                html.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("4 \u00d7 hgx-h100, 32 GPUs, fabric rail-optimised"), run.out());
        assertTrue(run.out().contains("rank 0 to rank 8"), run.out());
        assertTrue(Files.readString(html).startsWith("<!DOCTYPE html>"));
        Run json = Run.of("network", "show", "--cluster", "dgx-1v", "--json");
        // Four links of 2, 2, 1 and 1 times 25 GB/s between the halves, and the processors' bus of 19.2 GB/s.
        assertTrue(json.out().contains("\"bisection_bytes_per_s\": 1.692E11"), json.out());
        assertTrue(json.out().contains("\"link\": \"node 0 gpu 3 to gpu 7 nvlink2\""), json.out());
    }

    @Test
    void whatIsToBeShownMustBeSaidOnce() {
        for (String[] words : new String[][] {
            {"network", "show"},
            {"network", "show", "../examples/gpt3-175b-a100.yaml", "--cluster", "dgx-1v"},
            {"network", "show", "--cluster", "dgx-1v", "--to", "8"},
            {"network", "show", "--cluster", ""},
            {
                "network",
                "show",
                "--cluster",
                "dgx-1v",
                "--html",
                folder.resolve("none/n.html").toString()
            }
        }) {
            Run run = Run.of(words);
            assertEquals(2, run.exitCode(), run.err());
            assertEquals("", run.out());
            assertTrue(
                    run.err().matches("(?s).*(SCENARIO|ranks from 0 to 7|must name a node|cannot write).*"), run.err());
        }
    }

    @Test
    void anImportedNodeRuns() throws Exception {
        Path node = folder.resolve("catalog/nodes/my-node.yaml");
        String graph = "src/test/resources/dev/dryrun/scenario/graph/nccl/hgx-h100.xml";
        Run run = Run.of("network", "import", graph, "-o", node.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("assumed ("), run.err());
        Run again = Run.of("network", "import", graph, "-o", node.toString());
        assertEquals(2, again.exitCode());
        assertTrue(again.err().contains("--force"), again.err());
        Run byFile = Run.of("network", "bench", "--cluster", node + "*2");
        assertEquals(0, byFile.exitCode(), byFile.err());
        Run byName = Run.of(
                "network",
                "bench",
                "--cluster",
                "my-node*2",
                "--catalog",
                node.getParent().getParent().toString());
        assertEquals(byFile.out(), byName.out());
        assertEquals(Run.of("network", "bench", "--cluster", "hgx-h100*2").out(), byName.out());
        Run json = Run.of("network", "import", graph, "--json");
        assertTrue(json.out().contains("\"schema\": \"dryrun/network-import/1\""), json.out());
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
            {"--cluster", "hgx-h100", "--tuner", "nccl-1"},
            {"--cluster", "hgx-h100", "--tuner", "rccl-2.21"},
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
