// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

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
}
