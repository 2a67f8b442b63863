// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import dev.dryrun.hardware.catalog.Entry;

/// A machine room: what its network delivers of its line rate.
///
/// @param name as in the catalog
/// @param ringEfficiency share of the NICs' line rate that rings and trees reach
/// @param messageEfficiency share of it that point-to-point messages reach
public record Site(String name, double ringEfficiency, double messageEfficiency) {
    public Site {
        requireShare(name, "ringEfficiency", ringEfficiency);
        requireShare(name, "messageEfficiency", messageEfficiency);
    }

    private static void requireShare(String name, String field, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(field + " of site " + name + " is " + value + "; it lies above 0 and up to 1");
        }
    }

    /// Reads a site; problems are the entry's.
    public static Site read(Entry entry) {
        entry.allow("schema", "title", "source", "date", "note");
        Site site = new Site(
                entry.text("name"),
                entry.figure("ring_efficiency", 0.001, 1).value(),
                entry.figure("message_efficiency", 0.001, 1).value());
        entry.rejectUnknownKeys();
        return site;
    }
}
