// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import java.util.List;
import java.util.stream.Collectors;

/// One unknown of a fit: constants of several entries that one earlier fit gave together, and what is known of them
/// without runs.
///
/// @param prior what is known
/// @param constants where it stands; all have one value
public record RunParameter(Prior prior, List<RunConstant> constants) {
    public RunParameter {
        constants = List.copyOf(constants);
    }

    /// The value in the catalog.
    public double value() {
        return constants.getFirst().value();
    }

    /// The value for people.
    public String shown(double value) {
        return constants.getFirst().shown(value);
    }

    /// Whether an entry has it.
    boolean standsIn(Place place) {
        return constants.stream().anyMatch(constant -> constant.place().equals(place));
    }

    /// Dotted key of the constant.
    public String at() {
        return constants.getFirst().at();
    }

    /// The entries that have it; beyond two, how many more.
    public String entries() {
        String first = constants.stream()
                .limit(2)
                .map(constant -> constant.place().name())
                .collect(Collectors.joining(", "));
        return constants.size() <= 2 ? first : first + " and " + (constants.size() - 2) + " more";
    }
}
