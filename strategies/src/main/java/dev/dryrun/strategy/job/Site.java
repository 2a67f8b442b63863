// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

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
}
