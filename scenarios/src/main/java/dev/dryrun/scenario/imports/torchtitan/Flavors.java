// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Leaf;
import dev.dryrun.hardware.catalog.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// The models that torchtitan knows by name and flavor, as models of a scenario: a name of the catalog or keys with
/// values.
final class Flavors {
    private static final String TABLE = "flavors.yaml";

    /// Model to flavor to keys below `model`; the empty key is a name of the catalog.
    private final SequencedMap<String, SequencedMap<String, Map<String, Object>>> models = new LinkedHashMap<>();

    Flavors() {
        var problems = new Problems();
        for (Leaf leaf : Document.read(TABLE, text(), problems).leaves()) {
            if (leaf.path().size() < 2 || leaf.value() == null) {
                continue;
            }
            String key = String.join(".", leaf.path().subList(2, leaf.path().size()));
            models.computeIfAbsent(leaf.path().get(0), model -> new LinkedHashMap<>())
                    .computeIfAbsent(leaf.path().get(1), flavor -> new LinkedHashMap<>())
                    .put(key, leaf.value());
        }
        problems.throwIfAny();
    }

    private static String text() {
        try (InputStream in = Flavors.class.getResourceAsStream(TABLE)) {
            if (in == null) {
                throw new IllegalStateException("no " + TABLE);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Names of models, in the order of the table.
    SequencedMap<String, SequencedMap<String, Map<String, Object>>> models() {
        return models;
    }
}
