// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.measure;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How well one system is predicted.
///
/// @param rows all its rows
/// @param predicted those with a prediction
/// @param all errors of all rows that count; empty where none does
/// @param regimes errors by regime, those with a row only
public record SystemScore(
        String system, int rows, int predicted, Optional<Errors> all, Map<SizeRegime, Errors> regimes) {
    public SystemScore {
        var copy = new EnumMap<SizeRegime, Errors>(SizeRegime.class);
        copy.putAll(regimes);
        regimes = Collections.unmodifiableMap(copy);
    }

    static SystemScore of(String system, List<ScoredCollective> rows) {
        List<ScoredCollective> counted =
                rows.stream().filter(ScoredCollective::counts).toList();
        var regimes = new EnumMap<SizeRegime, Errors>(SizeRegime.class);
        for (SizeRegime regime : SizeRegime.values()) {
            List<ScoredCollective> some =
                    counted.stream().filter(row -> row.regime() == regime).toList();
            if (!some.isEmpty()) {
                regimes.put(regime, Errors.of(some));
            }
        }
        return new SystemScore(
                system,
                rows.size(),
                (int) rows.stream().filter(ScoredCollective::predicted).count(),
                counted.isEmpty() ? Optional.empty() : Optional.of(Errors.of(counted)),
                regimes);
    }
}
