// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.hardware.catalog.Given;
import dev.dryrun.validation.published.simulate.CatalogChanges;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToDoubleFunction;

/// Changes of a catalog that give parameters other values.
final class Moves {
    private Moves() {}

    /// @param value by index of the parameter
    static CatalogChanges of(List<RunParameter> parameters, IntToDoubleFunction value) {
        SortedMap<Place, Map<String, Given>> entries = new TreeMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            for (RunConstant constant : parameters.get(i).constants()) {
                entries.computeIfAbsent(constant.place(), none -> new LinkedHashMap<>())
                        .putAll(constant.changed(value.applyAsDouble(i)));
            }
        }
        return new CatalogChanges(entries);
    }
}
