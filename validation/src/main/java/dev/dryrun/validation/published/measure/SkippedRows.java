// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Rows that are not simulated for the same reason, the first of theirs.
///
/// @param reason why
/// @param rows how many
/// @param families theirs, in order of first appearance
public record SkippedRows(String reason, int rows, List<String> families) {
    public SkippedRows {
        families = List.copyOf(families);
    }

    /// All rows that are not simulated, by reason, the most frequent first.
    public static List<SkippedRows> of(List<ScoredRun> runs) {
        Map<String, List<String>> familiesByReason = runs.stream()
                .filter(scored -> !scored.simulated())
                .collect(Collectors.groupingBy(
                        scored -> scored.skipped().split("; ", 2)[0],
                        TreeMap::new,
                        Collectors.mapping(scored -> scored.run().family(), Collectors.toList())));
        return familiesByReason.entrySet().stream()
                .map(entry -> new SkippedRows(
                        entry.getKey(),
                        entry.getValue().size(),
                        entry.getValue().stream().distinct().toList()))
                .sorted(Comparator.comparingInt(skipped -> -skipped.rows()))
                .toList();
    }
}
