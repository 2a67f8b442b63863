// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ValidateCollectivesTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    Path folder;

    private int run(String... arguments) {
        var command = new ValidateCommand(
                without -> {
                    throw new IllegalStateException("no training run is asked for");
                },
                new PrintStream(out),
                new PrintStream(err));
        return new CommandLine(command).execute(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }

    @Test
    void jsonKeepsItsContract() {
        assertEquals(0, run("--collectives", "--json"));
        JsonNode root = JsonMapper.shared().readTree(text(out));
        assertEquals("dryrun/validation/1", root.get("schema").asString());
        assertEquals(33, root.get("families").size());
        for (String key : List.of("family", "rows", "simulated", "mape_pct", "median_pct", "p90_pct", "bias_pct")) {
            assertTrue(root.get("families").get(0).has(key), key);
        }
        assertEquals(1012, root.get("overall").get("rows").asInt());
        assertEquals(3, root.get("overall").get("regimes").size());
        var ids = new HashSet<String>();
        for (JsonNode row : root.get("rows")) {
            ids.add(row.get("id").asString());
            assertTrue(row.has("predicted") != row.has("skipped"), row.toString());
            for (String key : List.of("family", "metric", "unit", "measured", "message_bytes")) {
                assertTrue(row.has(key), key);
            }
        }
        assertEquals(1012, ids.size());
    }

    @Test
    void theSameBytesEveryTime() {
        run("--collectives", "--json");
        String first = text(out);
        out.reset();
        run("--collectives", "--json");
        assertEquals(first, text(out));
    }

    @Test
    void textNamesRegimesAndWhatIsApart() {
        assertEquals(0, run("--collectives", "--rows", "3"));
        for (String words : List.of(">= 1 MiB", "8 KiB to 1 MiB", "Judged apart", "Not predicted", "Largest errors")) {
            assertTrue(text(out).contains(words), words + " is missing in\n" + text(out));
        }
    }

    @Test
    void ownFilesAreJudgedAndBadOnesRefused() throws IOException {
        String header = "system,gpu,nodes,gpus,collective,message_bytes,time_us,algorithm_protocol\n";
        Path good = Files.writeString(folder.resolve("good.csv"), header + """
            mine,H100,1,8,all_reduce,1e6,50,default
            mine,H100,1,2,all_reduce,1e6,50,NVLS
            """);
        assertEquals(0, run("--collectives", good.toString()), text(err));
        assertTrue(text(out).contains("mine"));
        assertTrue(text(out).contains("the library does not offer what \"NVLS\" says"), text(out));
        Path bad = Files.writeString(folder.resolve("bad.csv"), header + "mine,H100,1,x,all_reduce,1e6,50,\n");
        assertEquals(2, run("--collectives", bad.toString()));
        assertTrue(text(err).contains("bad.csv:2: gpus is \"x\""), text(err));
    }

    @Test
    void optionsOfTrainingRunsDoNotGoWithIt() {
        assertEquals(2, run("--collectives", "--family", "bloom"));
        assertFalse(text(err).isEmpty());
    }
}
