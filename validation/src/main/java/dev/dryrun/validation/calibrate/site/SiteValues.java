// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.LibraryConstant;
import dev.dryrun.hardware.collective.LibraryTuning;
import dev.dryrun.hardware.collective.LinkConstant;
import dev.dryrun.hardware.collective.NetworkTuning;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// Values of some constants on a machine; the others are those of the catalog.
///
/// @param values in SI units, in the order of the constants; a bulk step takes no less than a message, where both are
/// here
record SiteValues(Machine machine, Map<SiteConstant, Double> values) {
    SiteValues {
        Map<SiteConstant, Double> ordered = new EnumMap<>(SiteConstant.class);
        values.forEach((constant, value) -> ordered.put(constant, constant.bounded(value)));
        Double message = ordered.get(SiteConstant.MESSAGE_LATENCY);
        if (message != null) {
            ordered.computeIfPresent(SiteConstant.BULK_LATENCY, (bulk, value) -> Math.max(message, value));
        }
        values = Collections.unmodifiableMap(ordered);
    }

    static SiteValues catalog(Machine machine) {
        return new SiteValues(machine, Map.of());
    }

    double of(SiteConstant constant) {
        Double known = values.get(constant);
        return known == null ? constant.catalog(machine) : known;
    }

    /// What a process that drives several GPUs adds to every call.
    double hostSeconds() {
        return of(SiteConstant.HOST);
    }

    CollectiveLibrary library() {
        return libraryTuning().applyTo(machine.library());
    }

    NetworkTuning networkTuning() {
        return new NetworkTuning(
                known(SiteConstant.RING_EFFICIENCY),
                known(SiteConstant.MESSAGE_EFFICIENCY),
                known(SiteConstant.MESSAGE_LATENCY),
                known(SiteConstant.BULK_LATENCY),
                known(SiteConstant.RANK_RATE));
    }

    private OptionalDouble known(SiteConstant constant) {
        Double value = values.get(constant);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    LibraryTuning libraryTuning() {
        Map<LibraryConstant, Double> constants = new EnumMap<>(LibraryConstant.class);
        Map<LinkConstant, Double> link = new EnumMap<>(LinkConstant.class);
        values.forEach((constant, value) -> {
            constant.ofLibrary().ifPresent(known -> constants.put(known, value));
            constant.ofLinks().ifPresent(known -> link.put(known, value));
        });
        SortedMap<String, Map<LinkConstant, Double>> links = new TreeMap<>();
        if (!link.isEmpty()) {
            links.put(machine.node().link(), link);
        }
        return new LibraryTuning(machine.library().name(), constants, links);
    }
}
