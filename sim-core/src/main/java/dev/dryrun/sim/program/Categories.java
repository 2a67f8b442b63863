// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.List;

/// The kinds of time that a step's breakdown tells apart. They are the programs' own; the engine needs to know two.
///
/// @param names of all categories, by number
/// @param host number of the category for a device that waits for its host
/// @param idle number of the category for a rank that is done before the step is
public record Categories(List<String> names, int host, int idle) {
    public Categories {
        names = List.copyOf(names);
        java.util.Objects.checkIndex(host, names.size());
        java.util.Objects.checkIndex(idle, names.size());
    }

    public int size() {
        return names.size();
    }
}
