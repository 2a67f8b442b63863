// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.simulate;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Given;
import dev.dryrun.hardware.catalog.Problems;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/// Values laid over entries of a catalog, which itself stays as it is.
///
/// @param entries values by entry, each by its dotted key (`tensor_parallel.slowdown.value`)
public record CatalogChanges(SortedMap<Place, Map<String, Given>> entries) {
    /// Kinds of entry that can be changed.
    public enum Kind {
        ACCELERATORS,
        SITES,
        STACKS;

        /// Folder of the catalog.
        public String folder() {
            return Entry.kebab(this);
        }
    }

    /// An entry of the catalog.
    public record Place(Kind kind, String name) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            int byKind = kind.compareTo(other.kind);
            return byKind != 0 ? byKind : name.compareTo(other.name);
        }
    }

    public CatalogChanges {
        SortedMap<Place, Map<String, Given>> copy = new TreeMap<>();
        entries.forEach((place, values) -> copy.put(place, Collections.unmodifiableMap(new LinkedHashMap<>(values))));
        entries = Collections.unmodifiableSortedMap(copy);
    }

    /// A shelf with its changed entries read anew.
    <T> CatalogShelf<T> applied(CatalogShelf<T> shelf, Catalog catalog, Kind kind, Function<Entry, T> read) {
        CatalogShelf<T> changed = shelf;
        for (Map.Entry<Place, Map<String, Given>> entry : entries.entrySet()) {
            if (entry.getKey().kind() == kind) {
                String name = entry.getKey().name();
                var problems = new Problems();
                Document base = catalog.find(kind.folder(), name, problems);
                if (base == null) {
                    throw new IllegalArgumentException(kind.folder() + "/" + name + " is not in the catalog");
                }
                Document laid = Document.of(kind.folder() + "/" + name, entry.getValue(), problems)
                        .over(base);
                T value = read.apply(laid.root());
                problems.throwIfAny();
                changed = changed.with(name, value);
            }
        }
        return changed;
    }
}
