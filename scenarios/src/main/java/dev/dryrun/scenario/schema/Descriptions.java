// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What editors say of each key: one line of `descriptions.yaml` each, by dotted name (`training.tokens`); `*.note` is
/// any `note` that has no line of its own. Nodes of a part have the lines of those of a cluster.
final class Descriptions {
    private static final String FILE = "descriptions.yaml";
    private static final String PARTS = "cluster.parts.node.";
    private static final String NODE = "cluster.node.";

    private final SortedMap<String, String> byField = new TreeMap<>();

    Descriptions() {
        var problems = new Problems();
        Entry root = Document.read(FILE, text(), problems).root();
        root.keys().forEach(field -> byField.put(field, root.text(field)));
        problems.throwIfAny();
    }

    /// The name of the line that describes a field; null where there is none.
    @Nullable
    String lineOf(String field) {
        if (field.startsWith(PARTS)) {
            return lineOf(NODE + field.substring(PARTS.length()));
        }
        String anywhere = "*" + field.substring(Math.max(0, field.lastIndexOf('.')));
        return byField.containsKey(field) ? field : byField.containsKey(anywhere) ? anywhere : null;
    }

    /// The description of a field; null where there is none.
    @Nullable
    String of(String field) {
        String line = lineOf(field);
        return line == null ? null : byField.get(line);
    }

    /// All lines by name.
    SortedMap<String, String> lines() {
        return Collections.unmodifiableSortedMap(byField);
    }

    private static String text() {
        try (InputStream file = Descriptions.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing beside " + Descriptions.class.getName());
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
