// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The figures of one regime: its rows of quality A and B, each family that has some counting equally.
///
/// @param kind how rows were divided
/// @param families families with rows in it
/// @param measures named by the regime
public record RegimeScore(RegimeKind kind, int families, Measures measures) {
    /// Of every regime that has rows, kind by kind.
    public static List<RegimeScore> of(List<ScoredRun> runs) {
        var scores = new ArrayList<RegimeScore>();
        for (RegimeKind kind : RegimeKind.values()) {
            for (String name : kind.names()) {
                List<Measures> families =
                        families(runs, scored -> kind.of(scored).equals(name));
                if (!families.isEmpty()) {
                    scores.add(new RegimeScore(kind, families.size(), Measures.average(name, families)));
                }
            }
        }
        return scores;
    }

    /// Figures of each family over those of its rows of quality A and B that are meant.
    static List<Measures> families(List<ScoredRun> runs, Predicate<ScoredRun> meant) {
        Map<String, List<ScoredRun>> byFamily = new LinkedHashMap<>();
        for (ScoredRun scored : runs) {
            if (!scored.run().qualityC() && meant.test(scored)) {
                byFamily.computeIfAbsent(scored.run().family(), family -> new ArrayList<>())
                        .add(scored);
            }
        }
        return byFamily.entrySet().stream()
                .map(entry -> Measures.of(entry.getKey(), entry.getValue()))
                .toList();
    }
}
