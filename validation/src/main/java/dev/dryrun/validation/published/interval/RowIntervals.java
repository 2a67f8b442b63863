// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.interval;

import dev.dryrun.scenario.evidence.ConformalRule;
import dev.dryrun.scenario.evidence.EvidenceBase;
import dev.dryrun.scenario.evidence.Residual;
import dev.dryrun.scenario.evidence.ResidualTable;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Intervals of the rows of a scoreboard: those that `simulate` gives, and how often those that it would give without
/// the row's family hold the measured time.
///
/// @param halfWidths half the width of each row's interval in logarithm of time, by id
/// @param families coverage of families with rows of quality A or B, each left out of the table
/// @param overall families averaged equally
/// @param rowsCoveredPct share of all rows that are covered
public record RowIntervals(
        Map<String, Double> halfWidths, Map<String, Coverage> families, Coverage overall, double rowsCoveredPct) {
    /// Intervals by a table of residuals.
    public static RowIntervals of(Scoreboard board, ResidualTable table, RowResiduals residuals) {
        var evidence = new EvidenceBase(table);
        Map<String, Double> halfWidths = new LinkedHashMap<>();
        Map<String, List<Residual>> byFamily = new LinkedHashMap<>();
        for (ScoredRun scored : board.runs()) {
            residuals.of(scored).forEach(row -> {
                halfWidths.put(row.id(), evidence.halfWidth(row.features()));
                if (!scored.run().qualityC()) {
                    byFamily.computeIfAbsent(row.family(), family -> new ArrayList<>())
                            .add(row);
                }
            });
        }
        Map<String, Coverage> families = new LinkedHashMap<>();
        List<Coverage> coverages = byFamily.entrySet().parallelStream()
                .map(entry -> leftOut(entry.getKey(), entry.getValue(), table))
                .toList();
        List<String> names = List.copyOf(byFamily.keySet());
        for (int i = 0; i < names.size(); i++) {
            families.put(names.get(i), coverages.get(i));
        }
        Coverage overall = Coverage.overall(List.copyOf(families.values()));
        double covered = families.values().stream()
                .mapToDouble(family -> family.rows() * family.coveredPct())
                .sum();
        return new RowIntervals(halfWidths, families, overall, overall.rows() == 0 ? 0 : covered / overall.rows());
    }

    private static Coverage leftOut(String family, List<Residual> rows, ResidualTable table) {
        var evidence = new EvidenceBase(table.without(family).withExpectations());
        return Coverage.of(
                rows.stream().mapToDouble(Residual::logError).toArray(),
                rows.stream()
                        .mapToDouble(row -> evidence.halfWidth(row.features()))
                        .toArray(),
                ConformalRule.LEVEL);
    }

    /// Lower bound of a row in its own unit.
    public OptionalDouble low(ScoredRun scored) {
        return bound(scored, -1);
    }

    /// Upper bound of a row in its own unit.
    public OptionalDouble high(ScoredRun scored) {
        return bound(scored, 1);
    }

    private OptionalDouble bound(ScoredRun scored, int sign) {
        Double halfWidth = halfWidths.get(scored.run().id());
        OptionalDouble predicted = scored.predictedInUnit();
        return halfWidth == null || predicted.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(predicted.getAsDouble() * Math.exp(sign * halfWidth));
    }
}
