// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Document;
import java.util.List;

/// A scenario's document with everything that it is laid over.
///
/// @param notes what is worth knowing of what it imports
/// @param assumed what an import filled in or left out
record Laid(Document document, List<String> notes, List<String> assumed) {
    Laid {
        notes = List.copyOf(notes);
        assumed = List.copyOf(assumed);
    }

    static Laid alone(Document document) {
        return new Laid(document, List.of(), List.of());
    }
}
