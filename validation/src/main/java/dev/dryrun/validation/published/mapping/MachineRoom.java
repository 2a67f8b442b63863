// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.validation.published.table.Column;

/// The site of a row: its column, where the catalog has that; else the default one.
///
/// A site that ran badly for a time, as the row says of itself, is an entry of its own with a suffix. One such state is
/// known: processes bound to the wrong processors.
final class MachineRoom {
    private static final String BAD_BINDING = "before a host binding fix";
    private static final String BAD_BINDING_SUFFIX = "-before-binding-fix";

    private MachineRoom() {}

    static String read(Reading reading, CatalogNames names) {
        String stated = reading.run().text(Column.SITE);
        String badlyBound = stated + BAD_BINDING_SUFFIX;
        if (names.sites().contains(badlyBound) && reading.lower(Column.NOTES).contains(BAD_BINDING)) {
            reading.assume("site " + badlyBound + " (by the row's notes)");
            return badlyBound;
        }
        if (names.sites().contains(stated)) {
            return stated;
        }
        if (!stated.isEmpty()) {
            reading.assume("default site in place of " + stated + " (not in the catalog)");
        }
        return CatalogNames.DEFAULT_SITE;
    }
}
