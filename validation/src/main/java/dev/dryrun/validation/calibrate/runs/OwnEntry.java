// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.strategy.job.Site;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.validation.written.CatalogFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// An entry of the user's catalog that says what is different from one of the project's.
///
/// @param kind folder of the catalog
/// @param name of the entry
/// @param base entry that it extends
/// @param says scalars and lists by dotted key, as YAML writes them
public record OwnEntry(String kind, String name, String base, Map<String, String> says) {
    public OwnEntry {
        says = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(says));
    }

    /// Its file in a folder of a catalog.
    public Path in(Path catalog) {
        return catalog.resolve(kind).resolve(name + ".yaml");
    }

    /// Its YAML.
    public String text() {
        var out = new StringBuilder("# Written by dryrun calibrate.\n");
        if (!kind.equals("accelerators") && !kind.equals("nodes")) {
            out.append("schema: dryrun/").append(kind, 0, kind.length() - 1).append("/1\n");
        }
        out.append("name: ").append(CatalogFile.quoted(name)).append('\n');
        out.append("extends: ").append(base).append('\n');
        out.append("title: ")
                .append(CatalogFile.quoted(name + ", " + base + ", by own measurements"))
                .append('\n');
        append(out, tree(), "");
        return out.toString();
    }

    /// Reads the entry as the catalog will.
    ///
    /// @throws dev.dryrun.hardware.catalog.InvalidInputException where it is not sound
    void check(Catalog catalog, Path folder) {
        var problems = new Problems();
        Document own = Document.read(in(folder).toString(), text(), problems);
        Document below = catalog.find(kind, base, problems);
        Entry entry = (below == null ? own : own.over(below)).root();
        switch (kind) {
            case "stacks" -> Stack.read(entry);
            case "sites" -> Site.read(entry);
            case "accelerators" -> Accelerator.read(entry);
            default -> NodeType.read(name, entry);
        }
        problems.throwIfAny();
    }

    private Map<String, Object> tree() {
        Map<String, Object> root = new LinkedHashMap<>();
        says.forEach((key, value) -> {
            Map<String, Object> mapping = root;
            String[] parts = key.split("[.]", -1);
            for (int i = 0; i < parts.length - 1; i++) {
                mapping = below(mapping, parts[i]);
            }
            mapping.put(parts[parts.length - 1], value);
        });
        return root;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> below(Map<String, Object> mapping, String key) {
        return (Map<String, Object>) mapping.computeIfAbsent(key, none -> new LinkedHashMap<String, Object>());
    }

    private static void append(StringBuilder out, Map<String, Object> mapping, String indent) {
        mapping.forEach((key, value) -> {
            if (value instanceof Map<?, ?> inner) {
                out.append(indent).append(key).append(":\n");
                Map<String, Object> deeper = new LinkedHashMap<>();
                inner.forEach((k, v) -> deeper.put(String.valueOf(k), v));
                append(out, deeper, indent + "  ");
            } else {
                out.append(indent).append(key).append(": ").append(value).append('\n');
            }
        });
    }
}
