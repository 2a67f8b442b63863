// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.validation.published.fit.RunConstant.Written;
import dev.dryrun.validation.published.simulate.CatalogChanges.Kind;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Parameters of the stacks and sites of one's own runs, each drawn to what the catalog has: it comes from other
/// machines.
public final class OwnConstants {
    private OwnConstants() {}

    /// @param places stacks and sites
    /// @param network between nodes; null where no run spans several
    public static List<RunParameter> of(Catalog catalog, List<Place> places, @Nullable NetworkClass network) {
        PriorTable priors = PriorTable.builtIn();
        var parameters = new ArrayList<RunParameter>();
        for (Place place : places) {
            if (place.kind() == Kind.SITES && network == null) {
                continue;
            }
            var problems = new Problems();
            Document document = catalog.find(place.kind().folder(), place.name(), problems);
            problems.throwIfAny();
            if (document == null) {
                throw new IllegalArgumentException(
                        place.name() + " is not among the " + place.kind().folder() + " of the catalog");
            }
            var leaves = new EntryLeaves(document);
            Set<String> seen = new HashSet<>();
            for (PriorTable.Line line : priors.lines()) {
                if (line.fits(place, line.at()) && seen.add(line.at())) {
                    RunParameter parameter = parameter(place, line, leaves, network);
                    if (parameter != null) {
                        parameters.add(parameter);
                    }
                }
            }
        }
        return List.copyOf(parameters);
    }

    private static @Nullable RunParameter parameter(
            Place place, PriorTable.Line line, EntryLeaves leaves, @Nullable NetworkClass network) {
        Prior prior = line.prior();
        boolean moves = line.offered() || leaves.status(line.at()).equals("fitted-on-runs");
        if (prior == null || !moves) {
            return null;
        }
        Written written;
        if (leaves.has(line.at()) || leaves.withStatus().contains(line.at())) {
            written = leaves.written(line.at(), line.unit());
        } else if (network != null && place.kind() == Kind.SITES) {
            boolean rings = line.at().startsWith("ring");
            written = new Written.Scalar(rings ? network.ringEfficiency() : network.messageEfficiency(), null);
        } else {
            return null;
        }
        var constant = new RunConstant(place, line.at(), written, leaves.source(line.at()));
        return new RunParameter(prior.around(constant.value()), List.of(constant));
    }
}
