// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.infragraph;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.scenario.graph.Rates;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a file says of a link: its bandwidth, or its generation in words.
final class LinkRate {
    private static final double LARGEST = 1e9;
    private static final Pattern PCIE = Pattern.compile("(?:gen|pcie|pci express)[ _.]*(\\d)");
    private static final List<Double> GIGATRANSFERS = List.of(2.5, 5.0, 8.0, 16.0, 32.0, 64.0);

    private LinkRate() {}

    /// Bytes a second; empty where the file gives none, or a wrong one, which is told.
    static OptionalDouble bytesPerSecond(@Nullable Entry link) {
        if (link == null) {
            return OptionalDouble.empty();
        }
        Entry at = link.has("physical") ? link.optionalChild("physical") : link;
        if (!at.has("bandwidth")) {
            return OptionalDouble.empty();
        }
        Entry bandwidth = at.optionalChild("bandwidth");
        for (String key : bandwidth.keys()) {
            if (key.equals("choice")) {
                continue;
            }
            double value = bandwidth.number(key, 0, LARGEST);
            if (!(value > 0)) {
                if (bandwidth.isSound(key)) {
                    bandwidth.problem(key, bandwidth.shown(key), "must be above zero", "");
                }
                return OptionalDouble.empty();
            }
            return in(key, value, bandwidth);
        }
        return OptionalDouble.empty();
    }

    /// A number in the unit that its key names.
    private static OptionalDouble in(String unit, double value, Entry bandwidth) {
        return switch (unit) {
            case "gigabits_per_second", "giga_bits_per_second" -> OptionalDouble.of(value * 1e9 / 8);
            case "gigabytes_per_second", "giga_bytes_per_second" -> OptionalDouble.of(value * 1e9);
            case "gigatransfers_per_second", "giga_transfers_per_second" -> {
                int generation = GIGATRANSFERS.indexOf(value) + 1;
                if (generation == 0) {
                    bandwidth.problem(unit, bandwidth.shown(unit), "must be a speed of PCIe: " + GIGATRANSFERS, "");
                }
                yield generation == 0 ? OptionalDouble.empty() : OptionalDouble.of(Rates.pcie(generation));
            }
            default -> {
                String known = "must be gigabits_per_second, gigabytes_per_second or gigatransfers_per_second";
                bandwidth.problem(unit, "there", known, "");
                yield OptionalDouble.empty();
            }
        };
    }

    /// Generation of PCIe by its words; empty where they name none.
    static OptionalInt pcieGeneration(String name, @Nullable Entry link) {
        String words = name + " " + (link == null ? "" : link.text("description", ""));
        Matcher matcher = PCIE.matcher(words.toLowerCase(Locale.ROOT));
        if (!matcher.find()) {
            return OptionalInt.empty();
        }
        int generation = matcher.group(1).charAt(0) - '0';
        return generation < 1 || generation > Rates.newestPcie() ? OptionalInt.empty() : OptionalInt.of(generation);
    }
}
