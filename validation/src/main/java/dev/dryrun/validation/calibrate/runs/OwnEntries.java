// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.catalog.Given;
import dev.dryrun.validation.published.fit.RunFit;
import dev.dryrun.validation.published.fit.RunParameter;
import dev.dryrun.validation.published.simulate.CatalogChanges;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import dev.dryrun.validation.written.CatalogFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The entries of a user's catalog that a calibration gives: stacks and sites by runs, an accelerator, and a node that
/// has it, by matrix products.
public final class OwnEntries {
    private final String name;
    private final String source;

    /// @param source file names of what was fitted to
    public OwnEntries(String name, String source) {
        this.name = name;
        this.source = source;
    }

    /// The entries of stacks and sites.
    List<OwnEntry> ofRuns(RunFit fit) {
        CatalogChanges changes = fit.changes();
        List<OwnEntry> entries = new ArrayList<>();
        for (Map.Entry<Place, Map<String, Given>> entry : changes.entries().entrySet()) {
            Place place = entry.getKey();
            long ofKind = changes.entries().keySet().stream()
                    .filter(one -> one.kind() == place.kind())
                    .count();
            Map<String, String> says = new LinkedHashMap<>();
            entry.getValue().forEach((key, given) -> says.put(key, rounded(given.value())));
            for (RunParameter parameter : fit.evidence().parameters()) {
                if (parameter.constants().getFirst().place().equals(place)) {
                    says.put(parameter.at() + ".source", CatalogFile.quoted("own runs, " + source));
                    says.put(parameter.at() + ".status", "fitted-on-runs");
                }
            }
            String own = ofKind == 1 ? name : name + "-" + place.name();
            entries.add(new OwnEntry(place.kind().folder(), own, place.name(), says));
        }
        return entries;
    }

    /// The accelerator, and the node that has it; none where the products identify nothing.
    ///
    /// @param node that the own one extends; null where it is not known
    public List<OwnEntry> ofProducts(@Nullable ProductFit fit, @Nullable String node) {
        if (fit == null) {
            return List.of();
        }
        Map<String, String> says = new LinkedHashMap<>();
        for (int i = 0; i < fit.names().size(); i++) {
            if (fit.identified(i)) {
                String at = "kernels." + fit.names().get(i);
                says.put(at + ".value", written(fit.names().get(i), fit.value(i)));
                says.put(at + ".source", CatalogFile.quoted("own matrix products, " + source));
                says.put(at + ".status", "fitted");
            }
        }
        if (says.isEmpty()) {
            return List.of();
        }
        var accelerator = new OwnEntry("accelerators", name, fit.accelerator().name(), says);
        return node == null
                ? List.of(accelerator)
                : List.of(accelerator, new OwnEntry("nodes", name, node, Map.of("accelerator", name)));
    }

    private static String written(String constant, double value) {
        return switch (constant) {
            case "sustained_clock" -> rounded(value);
            case "gap" -> rounded(value * 1e6) + " us";
            default -> rounded(value * 1e-12) + " TFLOP/s";
        };
    }

    /// Four digits; quantities keep their unit.
    private static String rounded(Object value) {
        return switch (value) {
            case List<?> items ->
                items.stream().map(OwnEntries::rounded).toList().toString();
            case Number number -> CatalogFile.digits(number.doubleValue());
            default -> {
                String[] parts = value.toString().split(" ", 2);
                yield CatalogFile.digits(Double.parseDouble(parts[0])) + " " + parts[1];
            }
        };
    }
}
