// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCommandTest {
    @Test
    void everyKindIsListedWithItsStatuses() {
        Run run = Run.of("catalog");
        assertEquals(0, run.exitCode(), run.err());
        for (String kind :
                new String[] {"accelerators", "fabrics", "libraries", "models", "nodes", "sites", "stacks"}) {
            assertTrue(run.out().contains("\n" + kind + "\n") || run.out().startsWith(kind + "\n"), kind);
        }
        assertTrue(run.out().contains(" fitted-on-runs"), run.out());
        assertTrue(run.out().contains(" fitted on whole training runs"), run.out());
    }

    @Test
    void anEntryIsShownWithTheSourcesOfItsFigures() {
        Run run = Run.of("catalog", "node", "dgx-a100-80gb");
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("accelerator: a100-sxm-80gb") && run.out().contains("source:"), run.out());
        assertTrue(Run.of("catalog", "nodes", "dgx-a100-80gb", "--json")
                .out()
                .contains("\"accelerator\": \"a100-sxm-80gb\""));
    }

    @Test
    void jsonHasASchemaAndAFingerprint() {
        Run run = Run.of("catalog", "stacks", "--json");
        assertTrue(run.out().startsWith("{\n  \"schema\": \"dryrun/catalog/1\",\n  \"catalog_sha256\": \""), run.out());
        assertTrue(run.out().contains("\"fitted-on-runs\": "), run.out());
    }

    @Test
    void whatIsNotThereNamesTheNearest() {
        Run run = Run.of("catalog", "nodes", "dgx-a100-80");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("Maybe \"dgx-a100-80gb\"."), run.err());
        assertEquals(2, Run.of("catalog", "planets").exitCode());
    }

    @TempDir
    private Path folder;

    @Test
    void filesOfTheUserAreListedAsTheirs() throws Exception {
        Path file = folder.resolve("models/tiny.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "title: Tiny\nfamily: gpt\nlayers: 2\nhidden: 64\nheads: 2\nvocabulary: 100\n");
        Run run = Run.of("catalog", "models", "--catalog", folder.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains(" parameters (yours)"), run.out());
        // 12 h^2 + 13 h a layer, embedding and positions, the final norm.
        int parameters = 2 * (12 * 64 * 64 + 13 * 64) + (100 + 2048) * 64 + 2 * 64;
        Run json = Run.of("catalog", "models", "tiny", "--json", "--catalog", folder.toString());
        assertTrue(json.out().contains("\"parameters\": " + parameters), json.out());
    }

    @Test
    void aBrokenFileOfTheUserSaysWhereItIsBroken() throws Exception {
        Path file = folder.resolve("models/tiny.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "family: gpt\nlayers: two\nhidden: 64\nheads: 2\n");
        Run run = Run.of("catalog", "models", "--catalog", folder.toString());
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("tiny.yaml:2:9: layers is \"two\", but must be"), run.err());
    }

    /// What is changed of a calibrated part is calibrated no longer.
    @Test
    void aFileOfTheUserMayExtendAnEntry() throws Exception {
        Path file = folder.resolve("accelerators/my-gpu.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "extends: h100-sxm-80gb\nmemory: {capacity: 120 GiB, usable: 119 GiB}\n");
        Run run = Run.of("catalog", "accelerators", "my-gpu", "--json", "--catalog", folder.toString());
        assertEquals(0, run.exitCode(), run.err());
        assertTrue(run.out().contains("\"calibrated\": false"), run.out());
        assertTrue(run.out().contains("\"memory_bytes\": " + (120L << 30)), run.out());
        assertTrue(run.out().contains("\"name\": \"my-gpu\""), run.out());
    }
}
