// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareTraceCommandTest {
    private static final String SCENARIO = """
        name: small
        model: gpt3-1.3b
        cluster: {node: dgx-a100-80gb, nodes: 1}
        training: {sequence_length: 2048, global_batch: 64, precision: bf16, optimizer: adam}
        strategy: {tensor: 1, sharding: optimizer, micro_batch: 8, recompute: none}
        stack: te-2024
        """;

    @TempDir
    private Path folder;

    @Test
    void bothStepsByTheSameKinds() throws IOException {
        Path scenario = Files.writeString(folder.resolve("small.yaml"), SCENARIO);
        Path trace = new Traces()
                .of("NVIDIA A100-SXM4-80GB", 0, 8)
                .step(0, 0, 500_000)
                .kernel("gemm", 7, 0, 400_000)
                .collective("reduce_scatter", 1 << 20, "float", "data", 20, 350_000, 100_000)
                .in(folder);
        Path page = folder.resolve("page.html");
        var bytes = new ByteArrayOutputStream();
        int code = new CommandLine(new CompareTraceCommand(new PrintStream(bytes, true, StandardCharsets.UTF_8)))
                .execute(trace.toString(), scenario.toString(), "--json", "--html", page.toString());
        assertEquals(0, code);
        JsonNode root = JsonMapper.builder().build().readTree(bytes.toByteArray());
        assertEquals("dryrun/trace-comparison/1", root.path("schema").asString());
        assertEquals(0.5, root.path("measured_step_time_s").asDouble(), 1e-9);
        double simulated = root.path("simulated_step_time_s").asDouble();
        double sum = 0;
        for (JsonNode kind : root.path("breakdown_s")) {
            sum += kind.path("simulated").asDouble();
        }
        // kinds below 0.05 % are left out, and figures have six digits
        assertEquals(simulated, sum, 10 * 5e-4 * simulated);
        assertEquals(
                0.05,
                root.path("breakdown_s").path("data_comm").path("measured").asDouble(),
                1e-9);
        String html = Files.readString(page);
        assertTrue(html.contains("<h3>Measured</h3>") && html.contains("<h3>Simulated</h3>"));
        assertFalse(html.contains("http"), "the page must ask nothing of any other");
    }
}
