// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.Rows;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ScoreboardTest {
    private static final double EXACT = 1e-9;

    /// Measured 10, 20, 40 s; predicted 11, 18, 42 s: errors +10, -10, +5 %. Mean of sizes 25/3, median 10, p90: rank
    /// 0.9 x 2 = 1.8 between 10 and 10; bias 5/3.
    @Test
    void errorsOfAFamily() {
        Measures measures = score(
                        Map.of("a", 11.0, "b", 18.0, "c", 42.0),
                        row("a", 1, "10"),
                        row("b", 2, "20"),
                        row("c", 4, "40"))
                .families()
                .getFirst()
                .measures();
        assertEquals(25.0 / 3, measures.mapePct().orElseThrow(), EXACT);
        assertEquals(10, measures.medianPct().orElseThrow(), EXACT);
        assertEquals(10, measures.p90Pct().orElseThrow(), EXACT);
        assertEquals(5.0 / 3, measures.biasPct().orElseThrow(), EXACT);
    }

    /// Ranks 0 to 4 hold 1, 2, 4, 8, 16: the 90th percentile is at rank 3.6, 8 + 0.6 x 8 = 12.8; the median is 4.
    @Test
    void percentilesInterpolateBetweenOrderStatistics() {
        double[] values = {16, 1, 8, 2, 4};
        assertEquals(12.8, Percentiles.at(0.9, values).orElseThrow(), EXACT);
        assertEquals(4, Percentiles.at(0.5, values).orElseThrow(), EXACT);
        assertTrue(Percentiles.at(0.5, new double[0]).isEmpty());
    }

    /// One job, micro-batches 1, 2, 4 measured 10, 11, 12 s and predicted 12, 9, 13: of three pairs, (1,2) is reversed
    /// and two are right; the pick (2) was measured 11 against 10: regret 10 %.
    @Test
    void pairOrderAndRegret() {
        Measures measures = score(
                        Map.of("a", 12.0, "b", 9.0, "c", 13.0), row("a", 1, "10"), row("b", 2, "11"), row("c", 4, "12"))
                .overall();
        assertEquals(200.0 / 3, measures.pairOrderPct().orElseThrow(), EXACT);
        assertEquals(10, measures.meanRegretPct().orElseThrow(), EXACT);
    }

    /// Predicted equal counts half; the slowest of the picked counts. Rows of one strategy are one candidate: 10 and 12
    /// become 11. Other jobs (another global batch) form no pairs.
    @Test
    void tiesRepetitionsAndOtherJobs() {
        Measures measures = score(
                        Map.of("a", 9.0, "b", 9.0, "c", 9.0, "d", 1.0),
                        row("a", 1, "10"),
                        row("b", 1, "12"),
                        row("c", 2, "10"),
                        Rows.with("id", "d", "micro_batch", "2", "value", "1", "global_batch", "128"))
                .overall();
        assertEquals(50, measures.pairOrderPct().orElseThrow(), EXACT);
        assertEquals(10, measures.meanRegretPct().orElseThrow(), EXACT);
    }

    /// Measured 100, 101.9 and 104: the first pair is within 2 % and does not count, (101.9, 104) is 2.06 % and does.
    /// All are predicted in reverse, so that neither of the two pairs that count is in order; the pick is 4 % slower.
    @Test
    void pairsWithinTwoPercentDoNotCount() {
        Scoreboard board = score(
                Map.of("a", 12.0, "b", 11.0, "c", 10.0), row("a", 1, "100"), row("b", 2, "101.9"), row("c", 4, "104"));
        assertEquals(new StrategyChoice(1, 2, 0, 4), StrategyChoice.of(board.runs()));
    }

    /// Other numbers of experts are other models, so there is no job with two strategies.
    @Test
    void expertsAreDimensionsOfTheModel() {
        Scoreboard board = score(
                Map.of("a", 12.0, "b", 11.0),
                Rows.with("id", "a", "n_experts", "8", "top_k", "2", "micro_batch", "1", "value", "10"),
                Rows.with("id", "b", "n_experts", "16", "top_k", "2", "micro_batch", "2", "value", "20"));
        assertEquals(2, board.overall().simulated());
        assertEquals(new StrategyChoice(0, 0, 0, 0), StrategyChoice.of(board.runs()));
    }

    /// Two families with mean errors 10 (two rows) and 20 (one row): overall 15, not 40/3. Quality C is shown, not
    /// counted.
    @Test
    void familiesCountEquallyAndQualityCNotAtAll() {
        Scoreboard board = score(
                Map.of("a", 11.0, "b", 11.0, "c", 12.0, "d", 30.0, "e", 30.0),
                Rows.with("id", "a", "family", "one"),
                Rows.with("id", "b", "family", "one"),
                Rows.with("id", "c", "family", "two"),
                Rows.with("id", "d", "family", "two", "quality", "C"),
                Rows.with("id", "e", "family", "three", "quality", "C"));
        assertEquals(15, board.overall().mapePct().orElseThrow(), EXACT);
        assertEquals(4, board.overall().rows());
        FamilyScore three = board.families().getLast();
        assertTrue(three.apart());
        assertEquals(200, three.measures().mapePct().orElseThrow(), EXACT);
        assertEquals(2, board.families().get(1).measures().simulated());
    }

    /// Rates are inverted first: 100 tokens/s measured, 5/4 of the time predicted, is +25 % and 80 tokens/s.
    @Test
    void errorsAreOfTime() {
        MeasuredRun run = Rows.with("id", "a", "value", "100", "unit", "tokens/s total");
        double seconds = 64 * 2048 / 100.0;
        ScoredRun scored = score(Map.of("a", seconds * 1.25), run).runs().getFirst();
        assertEquals(25, scored.errorPct().orElseThrow(), EXACT);
        assertEquals(80, scored.predictedInUnit().orElseThrow(), EXACT);
    }

    /// A row out of memory has a verdict but no error; a refused row is counted with its reason.
    @Test
    void outOfMemoryAndRefusedRows() {
        Scoreboard board = score(
                Map.of("big", 5.0, "ran", 10.0),
                Rows.with("id", "big", "metric", "OOM", "value", "", "unit", ""),
                Rows.with("id", "ran"),
                Rows.with("id", "odd"),
                Rows.with("id", "moe", "model", "Unheard", "n_experts", "8", "top_k", ""));
        assertEquals(new FitVerdicts(1, 1, 1, 0), board.fit());
        assertEquals(OptionalDouble.empty(), board.runs().getFirst().errorPct());
        Measures measures = board.families().getFirst().measures();
        assertEquals(4, measures.rows());
        assertEquals(2, measures.simulated());
        assertEquals("no such job", board.runs().get(2).skipped());
        assertTrue(board.runs().get(3).skipped().startsWith("no model of the catalog"));
    }

    /// 50 GB by the driver under Megatron of 2021; 50 GiB by the allocator under Transformer Engine. Predicted 45 GB of
    /// both: -10 % and -16.2 % (45 / 53.687 = 0.8382).
    @Test
    void memoryByTheInstrumentOfTheStack() {
        ScoredRun old = score(Map.of("a", 1.0), Rows.with("id", "a", "peak_mem_gb", "50"))
                .runs()
                .getFirst();
        assertEquals(50e9, old.memoryMeasuredBytes().orElseThrow(), EXACT);
        assertEquals(45e9, old.memoryPredictedBytes().orElseThrow(), EXACT);
        Scoreboard board = score(
                Map.of("a", 1.0), Rows.with("id", "a", "hardware", "H100", "stack", "te-2024", "peak_mem_gb", "50"));
        assertEquals(
                100 * (1 - 45e9 / (50.0 * (1L << 30))),
                board.overall().memoryMapePct().orElseThrow(),
                EXACT);
    }

    private static MeasuredRun row(String id, int microBatch, String seconds) {
        return Rows.with("id", id, "micro_batch", Integer.toString(microBatch), "value", seconds);
    }

    private static Scoreboard score(Map<String, Double> secondsById, MeasuredRun... rows) {
        Predictor predictor = job -> {
            Double seconds = secondsById.get(job.name());
            if (seconds == null) {
                throw new Predictor.Unpredictable("no such job");
            }
            return new Prediction(seconds, 45e9, 45e9, 45e9, !job.name().equals("big"), List.of());
        };
        return new Scoring(new RunMapping(Rows.NAMES, Rows.MODELS), predictor).score(List.of(rows), () -> {});
    }
}
