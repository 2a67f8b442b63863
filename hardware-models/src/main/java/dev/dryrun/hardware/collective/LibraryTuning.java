// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.catalog.Entry;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a library of collectives really costs at a site, where that is known; else the figures of the catalog hold.
///
/// @param library whose constants these are; any other library stays as it is
/// @param constants those that are known, in SI units
/// @param links by generation of link, those that are known
public record LibraryTuning(
        String library, Map<LibraryConstant, Double> constants, SortedMap<String, Map<LinkConstant, Double>> links) {
    public static final LibraryTuning NONE = new LibraryTuning("", Map.of(), new TreeMap<>());

    public LibraryTuning {
        Map<LibraryConstant, Double> ordered = new EnumMap<>(LibraryConstant.class);
        ordered.putAll(constants);
        constants = Collections.unmodifiableMap(ordered);
        SortedMap<String, Map<LinkConstant, Double>> copy = new TreeMap<>();
        links.forEach((name, known) -> {
            Map<LinkConstant, Double> one = new EnumMap<>(LinkConstant.class);
            one.putAll(known);
            copy.put(name, Collections.unmodifiableMap(one));
        });
        links = Collections.unmodifiableSortedMap(copy);
    }

    /// Reads the constants that a site knows; problems are the entry's.
    public static LibraryTuning read(Entry entry) {
        entry.allow("source", "date", "note");
        String library = entry.name("name", "libraries");
        Map<LibraryConstant, Double> constants = new EnumMap<>(LibraryConstant.class);
        for (LibraryConstant constant : LibraryConstant.values()) {
            if (entry.has(constant.key())) {
                constants.put(constant, constant.read(entry));
            }
        }
        SortedMap<String, Map<LinkConstant, Double>> links = new TreeMap<>();
        for (Entry link : entry.children("links")) {
            link.allow("source", "date", "note");
            Map<LinkConstant, Double> known = new EnumMap<>(LinkConstant.class);
            for (LinkConstant constant : LinkConstant.values()) {
                if (link.has(constant.key())) {
                    known.put(constant, constant.read(link));
                }
            }
            links.put(link.text("name"), known);
            link.rejectUnknownKeys();
        }
        entry.rejectUnknownKeys();
        return new LibraryTuning(library, constants, links);
    }

    /// The library as it is at the site.
    public CollectiveLibrary applyTo(CollectiveLibrary held) {
        if (!held.name().equals(library)) {
            return held;
        }
        Map<String, LinkEfficiency> tuned = new LinkedHashMap<>(held.links());
        links.forEach((name, known) -> tuned.computeIfPresent(name, (same, efficiency) -> tuned(efficiency, known)));
        return new CollectiveLibrary(
                held.name(),
                value(held, LibraryConstant.BASE),
                value(held, LibraryConstant.LOW_LATENCY_HOP),
                held.proxiedHopSeconds(),
                value(held, LibraryConstant.BULK_HOP),
                value(held, LibraryConstant.MESH_HOP),
                value(held, LibraryConstant.IN_SWITCH_PER_GPU),
                held.ll128ExtraSeconds(),
                held.fillBytes(),
                held.pairShare(),
                held.treeShare(),
                held.manyNodeTreeShare(),
                held.ll128NetworkShare(),
                value(held, LibraryConstant.LL_NETWORK),
                value(held, LibraryConstant.REMOTE_PEER),
                held.largeDomainInterfaces(),
                held.messageChannels(),
                tuned);
    }

    private double value(CollectiveLibrary held, LibraryConstant constant) {
        Double known = constants.get(constant);
        return known == null ? constant.of(held) : known;
    }

    private static LinkEfficiency tuned(LinkEfficiency held, Map<LinkConstant, Double> known) {
        return new LinkEfficiency(
                value(held, known, LinkConstant.RING),
                value(held, known, LinkConstant.LL_RATE),
                value(held, known, LinkConstant.LL),
                value(held, known, LinkConstant.LL128),
                value(held, known, LinkConstant.IN_SWITCH));
    }

    private static double value(LinkEfficiency held, Map<LinkConstant, Double> tuned, LinkConstant constant) {
        Double known = tuned.get(constant);
        return known == null ? constant.of(held) : known;
    }
}
