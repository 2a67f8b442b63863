// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.validation.published.table.MeasuredRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Predictions beside measured runs, judged.
///
/// @param runs rows in the order of the table
/// @param families in order of first appearance
/// @param overall families with a row of quality A or B averaged equally
/// @param fit verdicts on memory
public record Scoreboard(List<ScoredRun> runs, List<FamilyScore> families, Measures overall, FitVerdicts fit) {
    public Scoreboard {
        runs = List.copyOf(runs);
        families = List.copyOf(families);
    }

    /// Judges rows that were predicted.
    public static Scoreboard of(List<ScoredRun> runs) {
        Map<String, List<ScoredRun>> byFamily = new LinkedHashMap<>();
        for (ScoredRun scored : runs) {
            MeasuredRun run = scored.run();
            byFamily.computeIfAbsent(run.family(), key -> new ArrayList<>()).add(scored);
        }
        List<FamilyScore> families = byFamily.entrySet().stream()
                .map(entry -> FamilyScore.of(entry.getKey(), entry.getValue()))
                .toList();
        List<Measures> counted = families.stream()
                .filter(family -> !family.apart())
                .map(FamilyScore::measures)
                .toList();
        return new Scoreboard(runs, families, Measures.average("overall", counted), FitVerdicts.of(runs));
    }
}
