// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.hardware.catalog.Document;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// An entry of the catalog in one line: what it is, and how many of its figures are of which status.
///
/// @param source where its figures come from, unless they say otherwise; the first that is named
/// @param ofUser whether it comes from a folder of the user
/// @param digest the figures by which people know it
/// @param figuresByStatus number of figures of each status that the entry names
public record Facts(
        String kind,
        String name,
        String title,
        String source,
        String date,
        boolean ofUser,
        Digest digest,
        Map<String, Integer> figuresByStatus) {
    public Facts {
        figuresByStatus = java.util.Collections.unmodifiableMap(new TreeMap<>(figuresByStatus));
    }

    /// Reads an entry; what is wrong with it is told to the document's problems.
    public static Facts of(String kind, String name, boolean ofUser, Document document) {
        Map<String, @Nullable Object> plain = document.root().plain();
        Map<String, Integer> counts = new TreeMap<>();
        count(plain, counts);
        return new Facts(
                kind,
                name,
                text(plain, "title"),
                first(plain, "source"),
                first(plain, "date"),
                ofUser,
                Digest.of(kind, name, document.root()),
                counts);
    }

    /// Figures that only whole training runs could give.
    public int fittedOnRuns() {
        return figuresByStatus.getOrDefault("fitted-on-runs", 0);
    }

    private static String text(Map<String, @Nullable Object> plain, String key) {
        Object value = plain.get(key);
        return value == null ? "" : value.toString();
    }

    /// The text at a key, or else that of the first block that has one.
    private static String first(Map<?, ?> plain, String key) {
        Object value = plain.get(key);
        if (value != null) {
            return value.toString();
        }
        for (Object below : plain.values()) {
            String found = below instanceof Map<?, ?> map ? first(map, key) : "";
            if (!found.isEmpty()) {
                return found;
            }
        }
        return "";
    }

    private static void count(@Nullable Object value, Map<String, Integer> counts) {
        if (value instanceof Map<?, ?> map) {
            if (map.get("status") instanceof String status) {
                counts.merge(status, 1, Integer::sum);
            }
            map.values().forEach(item -> count(item, counts));
        } else if (value instanceof Collection<?> items) {
            items.forEach(item -> count(item, counts));
        }
    }
}
