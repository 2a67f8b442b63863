// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.calibrate.device.CalibrateDevice;
import dev.dryrun.validation.published.ValidateProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From kernels that are measured here to predictions of trainings here, in short. What predictions are worth is no
/// matter: builds share their machine.
class LiveTest {
    @TempDir
    private Path folder;

    @Test
    void aMachineIsMeasuredAndItsTrainingsArePredicted() throws IOException {
        Path catalog = folder.resolve("catalog");
        run(
                new CalibrateDevice(),
                List.of(
                        "--probes=4",
                        "--quiet",
                        "--name=here",
                        "--write=" + catalog,
                        "--measured=" + folder.resolve("here.measured.json")));
        assertTrue(Files.exists(catalog.resolve("accelerators/here.yaml")));
        assertTrue(Files.exists(catalog.resolve("stacks/here-x2.yaml")));

        Path page = folder.resolve("page.html");
        List<String> words = List.of(
                "--live",
                "--short",
                "--quiet",
                "--json",
                "--machine=here",
                "--catalog=" + catalog,
                "--measured=" + folder.resolve("here.live.json"),
                "--html=" + page);
        String first = run(new ValidateProvider().command(), words);
        JsonNode root = JsonMapper.builder().build().readTree(first);
        assertEquals("dryrun/live/1", root.path("schema").asString());
        assertEquals(2, root.path("rows").size());
        for (JsonNode row : root.path("rows")) {
            assertTrue(row.path("predicted_step_time_s").asDouble() > 0, row::toString);
            assertTrue(row.path("step_time_s").asDouble() > 0, row::toString);
            assertTrue(row.path("peak_bytes").asLong() > 0, row::toString);
        }
        String html = Files.readString(page);
        assertEquals(2, html.split("<h3>Measured</h3>", -1).length - 1);
        // What was trained is not trained again.
        assertEquals(first, run(new ValidateProvider().command(), words));
    }

    private static String run(Object command, List<String> words) {
        PrintStream before = System.out;
        var bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            int code = command instanceof CalibrateDevice
                    ? new CommandLine(command).execute(words.toArray(String[]::new))
                    : new CommandLine(new ValidateProvider().command()).execute(words.toArray(String[]::new));
            assertEquals(0, code, () -> bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
