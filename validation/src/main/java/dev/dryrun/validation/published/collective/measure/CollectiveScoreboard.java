// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.measure;

import dev.dryrun.validation.published.collective.mapping.Benchmark;
import dev.dryrun.validation.published.collective.mapping.CollectiveConstants;
import dev.dryrun.validation.published.collective.mapping.MappedSweep;
import dev.dryrun.validation.published.collective.mapping.SweepMapping;
import dev.dryrun.validation.published.collective.table.MeasuredCollective;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Sweep;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Stream;

/// Predictions beside measured collectives, judged.
///
/// @param rows in the order of the table
/// @param systems in order of first appearance
/// @param regimes over all systems, those with a row only
/// @param suspicious rows judged apart
public record CollectiveScoreboard(
        List<ScoredCollective> rows,
        List<SystemScore> systems,
        List<RegimeScore> regimes,
        List<SuspiciousRows> suspicious) {
    public CollectiveScoreboard {
        rows = List.copyOf(rows);
        systems = List.copyOf(systems);
        regimes = List.copyOf(regimes);
        suspicious = List.copyOf(suspicious);
    }

    /// Predicts and judges rows.
    public static CollectiveScoreboard of(List<MeasuredCollective> rows, CollectiveConstants constants) {
        return of(rows, constants, benchmark -> constants);
    }

    /// Predicts rows, each benchmark with constants of its own, and judges them.
    ///
    /// @param known constants by which classes of network are known
    public static CollectiveScoreboard of(
            List<MeasuredCollective> rows,
            CollectiveConstants known,
            Function<Benchmark, CollectiveConstants> constants) {
        return timed(rows, known, benchmark -> benchmark.timing(constants.apply(benchmark)));
    }

    /// Predicts rows, where libraries choose by their own tables as far as those are known, and judges them.
    public static CollectiveScoreboard tuned(List<MeasuredCollective> rows, CollectiveConstants constants) {
        return timed(rows, constants, benchmark -> benchmark.tunedTiming(constants));
    }

    private static CollectiveScoreboard timed(
            List<MeasuredCollective> rows, CollectiveConstants known, Function<Benchmark, Benchmark.Timing> timings) {
        Map<Sweep, List<MeasuredCollective>> sweeps = new LinkedHashMap<>();
        rows.forEach(row ->
                sweeps.computeIfAbsent(row.sweep(), sweep -> new ArrayList<>()).add(row));
        Map<MeasuredCollective, ScoredCollective> scored = new LinkedHashMap<>();
        sweeps.forEach((sweep, some) -> score(sweep, some, known, timings, scored));
        return judge(rows.stream()
                .map(row -> Objects.requireNonNull(scored.get(row)))
                .toList());
    }

    private static CollectiveScoreboard judge(List<ScoredCollective> rows) {
        Map<String, List<ScoredCollective>> bySystem = new LinkedHashMap<>();
        rows.forEach(row -> bySystem.computeIfAbsent(row.row().system(), system -> new ArrayList<>())
                .add(row));
        List<SystemScore> systems = bySystem.entrySet().stream()
                .map(system -> SystemScore.of(system.getKey(), system.getValue()))
                .toList();
        List<RegimeScore> regimes = Stream.of(SizeRegime.values())
                .map(regime -> RegimeScore.of(regime, systems))
                .flatMap(Optional::stream)
                .toList();
        return new CollectiveScoreboard(rows, systems, regimes, SuspiciousRows.of(rows));
    }

    private static void score(
            Sweep sweep,
            List<MeasuredCollective> rows,
            CollectiveConstants known,
            Function<Benchmark, Benchmark.Timing> timings,
            Map<MeasuredCollective, ScoredCollective> scored) {
        switch (SweepMapping.map(sweep, known)) {
            case MappedSweep.Skipped(String reason) ->
                rows.forEach(row -> scored.put(row, ScoredCollective.skipped(row, reason)));
            case MappedSweep.Simulable(Benchmark benchmark) -> {
                Benchmark.Timing timing = timings.apply(benchmark);
                for (MeasuredCollective row : rows) {
                    if (!timing.possible()) {
                        String reason = "the library does not offer what \"" + sweep.algorithm() + "\" says";
                        scored.put(row, ScoredCollective.skipped(row, reason));
                        continue;
                    }
                    OptionalDouble seconds = OptionalDouble.of(timing.seconds(row.bytes()));
                    scored.put(row, new ScoredCollective(row, seconds, timing.algorithm(row.bytes()), ""));
                }
            }
        }
    }
}
