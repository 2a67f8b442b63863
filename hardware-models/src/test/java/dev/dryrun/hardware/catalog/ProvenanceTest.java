// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every figure of every machine in the catalog says what kind of fact it is, where it comes from and when.
class ProvenanceTest {
    private static final Catalog CATALOG = new Catalog(List.of());

    static Stream<String> files() {
        return Stream.of("accelerators", "nodes", "fabrics", "libraries")
                .flatMap(kind -> CATALOG.names(kind).stream().map(name -> kind + "/" + name));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFigureHasStatusSourceAndDate(String file) {
        String[] parts = file.split("/", 2);
        var problems = new Problems();
        Document document = Objects.requireNonNull(CATALOG.find(parts[0], parts[1], problems));
        problems.throwIfAny();
        check(document.root().plain(), file, "", "");
    }

    private static void check(Object value, String at, String source, String date) {
        if (value instanceof Map<?, ?> map) {
            String nearestSource = map.get("source") instanceof String own ? own : source;
            String nearestDate =
                    map.get("date") == null ? date : map.get("date").toString();
            if (map.containsKey("value")) {
                assertTrue(map.containsKey("status"), at + " has no status");
                assertTrue(!nearestSource.isBlank(), at + " has no source");
                assertTrue(nearestDate.matches("20\\d\\d(-\\d\\d)*"), at + " has the date '" + nearestDate + "'");
            }
            map.forEach((key, child) -> check(child, at + "/" + key, nearestSource, nearestDate));
        } else if (value instanceof Collection<?> items) {
            items.forEach(item -> check(item, at + "/*", source, date));
        }
    }
}
