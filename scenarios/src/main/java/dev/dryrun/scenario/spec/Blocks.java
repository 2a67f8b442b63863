// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads what a scenario may give by name, as a block of its own, or as a block that refines a name.
///
///     stack: megatron-2021
///     stack: {extends: megatron-2021, data_parallel: {overlap: true}}
final class Blocks {
    private final Catalog catalog;
    private final Problems problems;

    Blocks(Catalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    /// The thing at a key; null where it has a problem or the key is absent.
    <T> @Nullable T read(Entry at, String key, String kind, Function<Entry, T> reader) {
        Entry entry = entry(at, key, kind);
        return entry == null ? null : built(entry, reader);
    }

    /// The thing of a name that the program itself chose.
    <T> @Nullable T named(Entry at, String key, String kind, String name, Function<Entry, T> reader) {
        Document document = catalog.find(kind, name, problems, at, key);
        return document == null || !document.readable() ? null : built(document.root(), reader);
    }

    private @Nullable Entry entry(Entry at, String key, String kind) {
        if (!at.has(key)) {
            return null;
        }
        if (!at.hasMapping(key)) {
            String name = at.text(key);
            return name.isEmpty() ? null : root(catalog.find(kind, name, problems, at, key));
        }
        Entry block = at.optionalChild(key);
        String base = block.optionalText("extends");
        if (base == null) {
            return block;
        }
        Entry found = root(catalog.find(kind, base, problems, block, "extends"));
        return found == null ? null : block.over(found);
    }

    private static @Nullable Entry root(@Nullable Document document) {
        return document == null || !document.readable() ? null : document.root();
    }

    /// A record that refuses its values reports so where the block stands, unless the reason was told already.
    private <T> @Nullable T built(Entry entry, Function<Entry, T> reader) {
        int before = problems.count();
        entry.allow("extends", "schema", "title", "source", "date", "note");
        try {
            return reader.apply(entry);
        } catch (IllegalArgumentException e) {
            if (problems.count() == before) {
                entry.problem(String.valueOf(e.getMessage()));
            }
            return null;
        }
    }
}
