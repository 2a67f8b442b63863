// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import java.util.Set;
import java.util.TreeSet;

/// Names that the catalog has, for what the columns of a row name.
///
/// @param nodes types of node
/// @param stacks software stacks
/// @param sites machine rooms
public record CatalogNames(Set<String> nodes, Set<String> stacks, Set<String> sites) {
    /// The site that stands for no particular one.
    public static final String DEFAULT_SITE = "default";

    public CatalogNames {
        nodes = Set.copyOf(nodes);
        stacks = Set.copyOf(stacks);
        sites = Set.copyOf(sites);
    }

    /// The stack of the same line (`te-`) whose year is nearest, the older of two; empty where there is none.
    String nearestYear(String stack) {
        if (!stack.matches(".+-[0-9]{4}")) {
            return "";
        }
        String line = stack.substring(0, stack.length() - 4);
        int year = year(stack);
        String nearest = "";
        for (String name : new TreeSet<>(stacks)) {
            boolean sameLine =
                    name.startsWith(line) && name.substring(line.length()).matches("[0-9]{4}");
            if (sameLine && (nearest.isEmpty() || Math.abs(year(name) - year) < Math.abs(year(nearest) - year))) {
                nearest = name;
            }
        }
        return nearest;
    }

    private static int year(String stack) {
        return Integer.parseInt(stack.substring(stack.length() - 4));
    }
}
