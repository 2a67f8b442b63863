// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Wanted;
import dev.dryrun.scenario.spec.ReadersHeard;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What is heard from the readers is complete, and all of it is described.
class FileShapeTest {
    private static final Catalog CATALOG = new Catalog(List.of());
    private static final Descriptions DESCRIPTIONS = new Descriptions();

    /// Every key of every kind of file by dotted name.
    private static SortedMap<String, Key> keys() {
        var shape = new FileShape(CATALOG);
        SortedMap<String, Key> keys = new TreeMap<>();
        collect(shape.scenario(), "", keys);
        for (String kind : ReadersHeard.kinds()) {
            collect(shape.entry(kind), FileSchema.fieldOf(kind) + ".", keys);
        }
        return keys;
    }

    private static void collect(Block block, String prefix, SortedMap<String, Key> keys) {
        block.keys().forEach((name, key) -> {
            keys.put(prefix + name, key);
            if (key.wanted().stream().noneMatch(Wanted.WithProvenance.class::isInstance)) {
                collect(key.below(), prefix + name + ".", keys);
            }
        });
    }

    @Test
    void everyKeyHasItsLineAndEveryLineItsKey() {
        SortedSet<String> lacking = new TreeSet<>();
        SortedSet<String> idle = new TreeSet<>(DESCRIPTIONS.lines().keySet());
        for (String field : keys().keySet()) {
            String line = DESCRIPTIONS.lineOf(field);
            if (line == null) {
                lacking.add(field);
            } else {
                idle.remove(line);
            }
        }
        assertEquals(List.of(), List.copyOf(lacking), "keys that descriptions.yaml does not describe");
        assertEquals(List.of(), List.copyOf(idle), "lines of descriptions.yaml about keys that no reader asks for");
    }

    @Test
    void ofEveryKeyItIsKnownWhatMayStandThere() {
        List<String> unknown = new ArrayList<>();
        keys().forEach((field, key) -> {
            if (key.wanted().stream().allMatch(Wanted.Presence.class::isInstance)) {
                unknown.add(field);
            }
        });
        assertEquals(List.of(), unknown, "keys of which no probe of FileShape shows what is read there");
    }

    @Test
    void keysAreHeardInThePlaceWhereTheyStand() {
        SortedMap<String, Key> keys = keys();
        assertEquals(
                List.of(new Wanted.Presence(), new Wanted.Words(List.of("auto")), new Wanted.Whole(1, 1 << 20)),
                keys.get("strategy.data").wanted());
        assertTrue(keys.containsKey("cluster.fabric.network.bulk_latency"));
        assertTrue(keys.containsKey("library.links.ring"));
    }
}
