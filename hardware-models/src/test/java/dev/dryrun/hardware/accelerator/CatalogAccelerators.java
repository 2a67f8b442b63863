// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import java.util.List;

/// The accelerators of the project's own catalog.
final class CatalogAccelerators {
    private CatalogAccelerators() {}

    static List<String> names() {
        return new Catalog(List.of()).names("accelerators");
    }

    static Accelerator read(String name) {
        var problems = new Problems();
        Document document = new Catalog(List.of()).find("accelerators", name, problems);
        assertNotNull(document, name);
        Accelerator accelerator = Accelerator.read(document.root());
        assertEquals(List.of(), problems.all(), name);
        return accelerator;
    }
}
