// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Reads what a scenario may give by name, as a block of its own, or as a block that refines a name.
///
///     stack: megatron-2021
///     stack: {extends: megatron-2021, data_parallel: {overlap: true}}
final class Blocks {
    private static final String INLINE = "inline";

    private final Catalog catalog;
    private final Problems problems;

    Blocks(Catalog catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    /// The thing at a key; null where it has a problem or the key is absent.
    ///
    /// @param refines key of a block that names what the block refines
    /// @param reader makes the thing from its name and its entry
    <T> @Nullable T read(Entry at, String key, String kind, String refines, BiFunction<String, Entry, T> reader) {
        boolean written = at.hasBlock(key, kind);
        if (!at.has(key)) {
            return null;
        }
        if (!written) {
            String name = at.text(key);
            return name.isEmpty() ? null : named(at, key, kind, name, reader);
        }
        Entry block = at.optionalChild(key);
        String base = block.optionalName(refines, kind);
        if (base == null) {
            return built(block.text("name", INLINE), block, reader);
        }
        Entry found = root(catalog.find(kind, base, problems, block, refines));
        return found == null ? null : built(base, block.over(found), reader);
    }

    /// The thing of a name, which stands at a key or is asked for because of what stands there.
    <T> @Nullable T named(Entry at, String key, String kind, String name, BiFunction<String, Entry, T> reader) {
        Entry found = root(catalog.find(kind, name, problems, at, key));
        return found == null ? null : built(name, found, reader);
    }

    private static @Nullable Entry root(@Nullable Document document) {
        return document == null || !document.readable() ? null : document.root();
    }

    /// A record that refuses its values reports so where the block stands, unless the reason was told already.
    <T> @Nullable T built(String name, Entry entry, BiFunction<String, Entry, T> reader) {
        int before = problems.count();
        entry.allow("name", "extends", "schema", "title", "source", "date", "note");
        try {
            T thing = reader.apply(name, entry);
            return problems.count() == before ? thing : null;
        } catch (IllegalArgumentException e) {
            if (problems.count() == before) {
                entry.problem(String.valueOf(e.getMessage()));
            }
            return null;
        }
    }
}
