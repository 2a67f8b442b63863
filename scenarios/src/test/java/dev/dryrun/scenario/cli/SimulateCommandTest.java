// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTest {
    private static final String SMALL = """
        model: gpt3-1.3b
        cluster: {node: dgx-a100-80gb, nodes: 2, fabric: fat-tree}
        training: {sequence_length: 1024, global_batch: 32, precision: bf16}
        strategy: {tensor: 2, pipeline: {stages: 2}, micro_batch: 1}
        stack: megatron-2022
        site: selene
        """;

    private static final String HALF = """
        accelerator: a100-sxm-80gb
        library: nccl
        gpus: 4
        wiring: switched
        link: nvlink3
        link_bandwidth: 300 GB/s
        nics: 4
        nic_bandwidth: 200 Gb/s
        pcie_bandwidth: 31 GB/s
        """;

    @TempDir
    private Path folder;

    private String file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void aPersonGetsOneScreen() throws Exception {
        Run run = Run.of("simulate", file("small.yaml", SMALL));
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().startsWith("small  gpt3-1.3b on 16 GPUs of 2 \u00d7 dgx-a100-80gb\n"), run.out());
        assertTrue(run.out().lines().count() <= 40, run.out());
        assertTrue(run.out().lines().allMatch(line -> line.length() <= 100), run.out());
        assertFalse(run.out().contains("\u001b"), "no colours outside a terminal");
        assertTrue(run.err().startsWith("simulated 16 ranks as "), run.err());
    }

    @Test
    void collectivesCanBePlayedChunkByChunk() throws Exception {
        String scenario = file("small.yaml", SMALL);
        Run chunked = Run.of("simulate", scenario, "--collectives", "chunked", "--json");
        assertEquals(0, chunked.exitCode(), chunked.err());
        assertTrue(chunked.out().contains("\"collectives\": \"chunked\""), chunked.out());
        String large = SMALL.replace("nodes: 2", "nodes: 256").replace("global_batch: 32", "global_batch: 512");
        refused("must be layer or kernel", scenario, "--detail", "chunk");
        refused("must be full", scenario, "--fidelity", "folded");
        refused("the scenario has 2,048; at most 1,024", file("large.yaml", large));
    }

    private static void refused(String message, String... words) {
        String[] all = new String[words.length + 3];
        all[0] = "simulate";
        System.arraycopy(words, 0, all, 1, words.length);
        all[words.length + 1] = "--collectives";
        all[words.length + 2] = "chunked";
        Run run = Run.of(all);
        assertEquals(2, run.exitCode(), run.err());
        assertTrue(run.err().contains(message), run.err());
    }

    @Test
    void theSameScenarioGivesTheSameBytes() throws Exception {
        String scenario = file("small.yaml", SMALL);
        Run first = Run.of("simulate", scenario, "--json");
        Run second = Run.of("simulate", "--json", scenario);
        Run full = Run.of("simulate", "--json", "--fidelity", "full", scenario);
        assertEquals(0, first.exitCode(), first.err());
        assertEquals("", first.err());
        assertTrue(first.out().startsWith("{\n  \"schema\": \"dryrun/result/1\","));
        assertEquals(first.out(), second.out());
        assertEquals(first.out(), full.out());
    }

    @Test
    void whatIsAssumedIsSaidAndStrictRefusesIt() throws Exception {
        String open = file("open.yaml", SMALL.replace("site: selene\n", "").replace(", fabric: fat-tree", ""));
        Run run = Run.of("simulate", open);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("assumed  cluster.fabric: fat-tree"), run.out());
        assertTrue(run.out().contains("site: default"), run.out());
        assertEquals(1, Run.of("simulate", "--strict", open).exitCode());
        assertEquals(
                0, Run.of("simulate", "--strict", file("closed.yaml", SMALL)).exitCode());
    }

    @Test
    void requireFitRefusesWhatDoesNotFit() throws Exception {
        String large = file(
                "large.yaml",
                SMALL.replace("gpt3-1.3b", "gpt3-175b").replace("tensor: 2, pipeline: {stages: 2}", "tensor: 8"));
        assertEquals(0, Run.of("simulate", large).exitCode());
        assertTrue(Run.of("simulate", large).out().contains("does not fit"));
        assertEquals(1, Run.of("simulate", "--require-fit", large).exitCode());
        assertEquals(
                0,
                Run.of("simulate", "--require-fit", file("small.yaml", SMALL)).exitCode());
    }

    /// 175 billion parameters in states of 18 bytes over 8 GPUs are 394 GB each, five times what there is.
    @Test
    void whatDoesNotFitIsSaidWithWhatWould() throws Exception {
        String large = file(
                "large.yaml",
                SMALL.replace("gpt3-1.3b", "gpt3-175b").replace("tensor: 2, pipeline: {stages: 2}", "tensor: 8"));
        Run text = Run.of("simulate", large);
        assertTrue(text.out().contains("stage 0 needs "), text.out());
        assertTrue(text.out().contains("would fit with "), text.out());
        assertTrue(text.out().lines().allMatch(line -> line.length() <= 100), text.out());
        Run json = Run.of("simulate", large, "--json");
        assertTrue(json.out().contains("\"over\": "), json.out());
        assertTrue(json.out().contains("\"would_fit\": [\n"), json.out());
        assertFalse(
                Run.of("simulate", "--json", file("small.yaml", SMALL)).out().contains("would_fit"));
    }

    @Test
    void memoryIsBrokenDownWhereAsked() throws Exception {
        String scenario = file("small.yaml", SMALL);
        assertFalse(Run.of("simulate", scenario).out().contains("memory of stage"));
        String out = Run.of("simulate", scenario, "--memory").out();
        assertTrue(out.contains("  memory of stage 0 from "), out);
        assertTrue(out.contains("  memory of stage 1 from "), out);
        assertTrue(out.contains("  logits and loss "), out);
        assertTrue(out.lines().allMatch(line -> line.length() <= 100), out);
    }

    @Test
    void aPartOfTheClusterMayStayIdle() throws Exception {
        Run run = Run.of("simulate", file("part.yaml", SMALL.replace("micro_batch: 1", "micro_batch: 1, data: 2")));
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.err().contains("note: the strategy uses 8 of the cluster's 16 GPUs"), run.err());
    }

    @Test
    void mistakesOnTheCommandLineAreBadInput() throws Exception {
        assertEquals(2, Run.of("simulate").exitCode());
        assertEquals(2, Run.of("simulate", "--detail", "coarse", "x.yaml").exitCode());
        assertEquals(2, Run.of("simulat").exitCode());
        assertEquals(
                2, Run.of("simulate", folder.resolve("absent.yaml").toString()).exitCode());
        assertEquals(2, Run.of("simulate", folder.toString()).exitCode());
        String scenario = file("small.yaml", SMALL);
        assertEquals(
                2,
                Run.of("simulate", "--catalog", folder.resolve("absent").toString(), scenario)
                        .exitCode());
        String nowhere = folder.resolve("absent").resolve("trace.json").toString();
        assertEquals(2, Run.of("simulate", "--trace", nowhere, scenario).exitCode());
        assertTrue(Run.of("simulate", "--detail", "coarse", "x.yaml")
                .err()
                .contains("must be one of kernel, layer, chunk"));
    }

    @Test
    void helpAndVersionAreTold() {
        Run help = Run.of("--help");
        assertEquals(0, help.exitCode());
        assertTrue(help.out().contains("simulate") && help.out().contains("catalog"), help.out());
        assertTrue(Run.of("simulate", "--help").out().contains("--require-fit"));
        assertTrue(
                Run.of("--version").out().matches("dryrun \\d+\\.\\d+\\.\\d+.*\\s+"),
                Run.of("--version").out());
    }

    @Test
    void aCatalogOfTheUserIsUsed() throws Exception {
        Files.createDirectories(folder.resolve("mine/nodes"));
        file("mine/nodes/half.yaml", HALF);
        String scenario = file("half.yaml", SMALL.replace("dgx-a100-80gb, nodes: 2", "half, nodes: 4"));
        Run run = Run.of("simulate", "--catalog", folder.resolve("mine").toString(), scenario);
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("16 GPUs of 4 \u00d7 half"), run.out());
    }
}
