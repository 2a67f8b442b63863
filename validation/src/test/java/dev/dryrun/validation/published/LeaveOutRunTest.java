// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.RunTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class LeaveOutRunTest {
    private static final List<MeasuredRun> RUNS = RunTable.builtIn().runs().stream()
            .filter(run -> run.family().equals("llm.c"))
            .toList();

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int print(String what, boolean json) {
        return LeaveOutRun.print(what, RUNS, json, true, new PrintStream(out), new PrintStream(err));
    }

    @Test
    void onlyGroupsAreLeftOut() {
        assertEquals(2, print("family", false));
        assertEquals(
                "--leave-out is \"family\", but must be what is left out of fits at once. Maybe group.",
                err.toString(StandardCharsets.UTF_8).strip());
    }

    @Test
    void theTextLeadsWithTheErrorOnWhatWasLeftOut() {
        assertEquals(0, print("group", false));
        String text = out.toString(StandardCharsets.UTF_8);
        assertTrue(text.startsWith("Mean error over families, each predicted without its source"), text);
        assertTrue(text.contains("attention.half_length"), text);
    }

    @Test
    void jsonKeepsItsContract() {
        assertEquals(0, print("group", true));
        JsonNode root = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertEquals("dryrun/leave-out/1", root.get("schema").asString());
        for (String key : List.of("left_out", "all_in_fit", "catalog")) {
            assertTrue(root.get("overall").get(key).get("mape_pct").asDouble() > 0, key);
        }
        JsonNode group = root.get("groups").get(0);
        assertEquals("llm.c", group.get("families").get(0).asString());
        for (JsonNode parameter : group.get("parameters")) {
            assertEquals(
                    parameter.get("prior").asDouble(), parameter.get("fitted").asDouble(), 1e-9);
            assertEquals(1, parameter.get("width_over_prior").asDouble());
        }
        assertEquals(RUNS.size(), root.get("rows").size());
    }
}
