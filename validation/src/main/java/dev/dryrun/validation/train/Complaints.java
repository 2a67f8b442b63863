// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import java.util.Locale;

/// Collects what cannot be trained, and finds the place in the scenario that asks for it.
///
/// @param document of the scenario
/// @param problems that are collected
record Complaints(Document document, Problems problems) {
    /// @param block such as `strategy`, or `strategy/pipeline`
    /// @param key in it
    /// @param found a constant is named as files name it
    /// @param rule to be read after "dryrun train"
    void add(String block, String key, Object found, String rule, String remedy) {
        String shown = found instanceof Enum<?> constant
                ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                : String.valueOf(found);
        String pointer = "/" + block + (key.isEmpty() ? "" : "/" + key);
        String field = pointer.substring(1).replace('/', '.');
        problems.add(document.positionOf(pointer), field, shown, "dryrun train " + rule, remedy);
    }
}
