// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

import dev.dryrun.validation.published.table.Column;
import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Families of runs that are left out together, because they know of each other: those that have a run of the same
/// repository, stack and site. A family is never split.
///
/// The repository is the first word of a row's source (`owner/name`); a source without one is a repository by itself.
public final class SourceGroups {
    private SourceGroups() {}

    /// Families by group, in order of first appearance.
    public static List<List<String>> of(List<MeasuredRun> runs) {
        Map<String, TreeSet<String>> places = new LinkedHashMap<>();
        for (MeasuredRun run : runs) {
            places.computeIfAbsent(run.family(), none -> new TreeSet<>()).add(origin(run));
        }
        List<List<String>> groups = new ArrayList<>();
        List<TreeSet<String>> origins = new ArrayList<>();
        places.forEach((family, own) -> {
            List<String> joined = new ArrayList<>();
            TreeSet<String> all = new TreeSet<>(own);
            int at = groups.size();
            for (int g = groups.size() - 1; g >= 0; g--) {
                if (origins.get(g).stream().anyMatch(own::contains)) {
                    joined.addAll(0, groups.remove(g));
                    all.addAll(origins.remove(g));
                    at = g;
                }
            }
            joined.add(family);
            groups.add(at, List.copyOf(joined));
            origins.add(at, all);
        });
        return List.copyOf(groups);
    }

    private static String origin(MeasuredRun run) {
        String source = run.text(Column.SOURCE);
        String first = source.split("[ ;,]", 2)[0];
        return (first.contains("/") ? first : source) + " " + run.text(Column.STACK) + " " + run.text(Column.SITE);
    }
}
