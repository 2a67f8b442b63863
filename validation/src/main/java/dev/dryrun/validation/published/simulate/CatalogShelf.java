// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.simulate;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/// All entries of one kind, read once.
///
/// @param byName entries by their names
record CatalogShelf<T>(Map<String, T> byName) {
    CatalogShelf {
        byName = Map.copyOf(byName);
    }

    /// Reads a kind.
    ///
    /// @throws dev.dryrun.hardware.catalog.InvalidInputException where an entry of it is not sound
    static <T> CatalogShelf<T> of(Catalog catalog, String kind, BiFunction<String, Entry, T> read) {
        Map<String, T> byName = new LinkedHashMap<>();
        for (String name : catalog.names(kind)) {
            var problems = new Problems();
            Document document = catalog.find(kind, name, problems);
            if (document != null) {
                byName.put(name, read.apply(name, document.root()));
            }
            problems.throwIfAny();
        }
        return new CatalogShelf<>(byName);
    }

    Set<String> names() {
        return byName.keySet();
    }

    /// The shelf with another entry at a name.
    CatalogShelf<T> with(String name, T entry) {
        Map<String, T> changed = new LinkedHashMap<>(byName);
        changed.put(name, entry);
        return new CatalogShelf<>(changed);
    }

    T get(String name) {
        T entry = byName.get(name);
        if (entry == null) {
            throw new IllegalArgumentException("\"" + name + "\" is not in the catalog");
        }
        return entry;
    }
}
