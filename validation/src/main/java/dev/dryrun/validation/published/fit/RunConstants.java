// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.validation.published.simulate.CatalogChanges.Kind;
import dev.dryrun.validation.published.simulate.CatalogChanges.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The parameters of a catalog that runs gave.
///
/// A constant is one that runs gave where its status is `fitted-on-runs`. Constants of several entries are one
/// parameter where one fit gave them: the same key, value and source; or where an entry says of a prior, `as NAME, ...`
/// or `as NAME; ...`, that it has taken the constant over from that entry.
public final class RunConstants {
    private static final Pattern TAKEN_OVER = Pattern.compile("as ([A-Za-z0-9._-]+)[,;].*");

    private RunConstants() {}

    /// Parameters on which the time of a step can depend, in the order of entries.
    ///
    /// @throws IllegalStateException where a constant has no prior
    public static List<RunParameter> of(Catalog catalog) {
        PriorTable priors = PriorTable.builtIn();
        Map<String, List<RunConstant>> fitted = new LinkedHashMap<>();
        var taken = new ArrayList<RunConstant>();
        for (Kind kind : Kind.values()) {
            for (String name : catalog.names(kind.folder())) {
                read(new Place(kind, name), catalog, priors, fitted, taken);
            }
        }
        for (RunConstant constant : taken) {
            Matcher words = TAKEN_OVER.matcher(constant.source());
            String from = words.matches() ? words.group(1) : "";
            fitted.values().stream()
                    .filter(list -> list.stream()
                            .anyMatch(one -> one.at().equals(constant.at())
                                    && one.place()
                                            .equals(new Place(constant.place().kind(), from))))
                    .findFirst()
                    .ifPresent(list -> list.add(constant));
        }
        return fitted.values().stream().map(list -> parameter(list, priors)).toList();
    }

    private static RunParameter parameter(List<RunConstant> constants, PriorTable priors) {
        RunConstant first = constants.getFirst();
        PriorTable.Line line = priors.of(first.place(), first.at()).orElseThrow();
        return new RunParameter(Objects.requireNonNull(line.prior()), constants);
    }

    private static void read(
            Place place,
            Catalog catalog,
            PriorTable priors,
            Map<String, List<RunConstant>> fitted,
            List<RunConstant> taken) {
        var problems = new Problems();
        Document document = catalog.find(place.kind().folder(), place.name(), problems);
        problems.throwIfAny();
        if (document == null) {
            return;
        }
        var leaves = new EntryLeaves(document);
        for (String at : leaves.withStatus()) {
            String status = leaves.status(at);
            boolean byRuns = status.equals("fitted-on-runs");
            String source = leaves.source(at);
            boolean over = status.equals("prior") && TAKEN_OVER.matcher(source).matches();
            if (!byRuns && !over) {
                continue;
            }
            PriorTable.Line line = priors.of(place, at).orElse(null);
            if (line == null && byRuns) {
                throw new IllegalStateException(place.kind().folder() + "/" + place.name() + ": " + at
                        + " is fitted on runs and has no prior; it needs a line in priors.yaml");
            }
            if (line == null || line.prior() == null) {
                continue;
            }
            var constant = new RunConstant(place, at, leaves.written(at, line.unit()), source);
            if (byRuns) {
                String key = place.kind() + " " + at + " " + constant.value() + " " + source;
                fitted.computeIfAbsent(key, none -> new ArrayList<>()).add(constant);
            } else {
                taken.add(constant);
            }
        }
    }
}
