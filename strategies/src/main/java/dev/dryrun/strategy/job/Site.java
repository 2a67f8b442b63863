// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.collective.SiteTuning;
import dev.dryrun.hardware.collective.TunedConstant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// A machine room: what its network and the links of its nodes deliver, where that is known.
///
/// @param name as in the catalog
/// @param tuning what is absent is as for the class of network and the library
public record Site(String name, SiteTuning tuning) {
    private static final String INSIDE = "inside_nodes";
    private static final double SMALLEST_SHARE = 0.001;

    /// Reads a site; problems are the entry's. `network_efficiency` stands for whichever of the two shares is not
    /// given.
    public static Site read(Entry entry) {
        entry.allow("schema", "title", "source", "date", "note", "extends");
        Map<TunedConstant, Double> values = new EnumMap<>(TunedConstant.class);
        share(entry, TunedConstant.RING_EFFICIENCY, values);
        share(entry, TunedConstant.MESSAGE_EFFICIENCY, values);
        for (TunedConstant constant :
                List.of(TunedConstant.MESSAGE_LATENCY, TunedConstant.BULK_LATENCY, TunedConstant.RANK_RATE)) {
            read(entry, constant, values);
        }
        if (entry.has(INSIDE)) {
            Entry inside = entry.child(INSIDE);
            for (TunedConstant constant : TunedConstant.values()) {
                if (!constant.ofNetwork()) {
                    read(inside, constant, values);
                }
            }
            inside.rejectUnknownKeys();
        }
        Site site = new Site(entry.text("name", "inline"), new SiteTuning(values));
        entry.rejectUnknownKeys();
        return site;
    }

    private static void share(Entry entry, TunedConstant constant, Map<TunedConstant, Double> values) {
        String given = entry.has(constant.key()) ? constant.key() : "network_efficiency";
        if (entry.has(given)) {
            values.put(constant, entry.figure(given, SMALLEST_SHARE, 1).value());
        }
    }

    private static void read(Entry entry, TunedConstant constant, Map<TunedConstant, Double> values) {
        if (entry.has(constant.key())) {
            Unit unit = constant.unit();
            double value = unit == null
                    ? entry.figure(constant.key(), SMALLEST_SHARE, 1).value()
                    : entry.figure(constant.key(), unit).value();
            if (value > 0) {
                values.put(constant, value);
            } else {
                entry.problem(constant.key(), entry.shown(constant.key()), "must be positive", "");
            }
        }
    }
}
