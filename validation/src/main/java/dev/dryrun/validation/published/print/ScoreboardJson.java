// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.ablate.Earned;
import dev.dryrun.validation.published.interval.Coverage;
import dev.dryrun.validation.published.interval.RowIntervals;
import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.FitVerdicts;
import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.measure.PeakErrors;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.measure.SkippedRows;
import dev.dryrun.validation.published.measure.StrategyChoice;
import dev.dryrun.validation.published.table.Column;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The scoreboard in the form `dryrun/validation/1`. A figure that does not apply is absent.
public final class ScoreboardJson {
    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final MathContext SIX_DIGITS = new MathContext(6);

    private ScoreboardJson() {}

    public static String write(Judged judged) {
        Scoreboard board = judged.board();
        RowIntervals intervals = judged.intervals();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("schema", "dryrun/validation/1");
        var families = root.putArray("families");
        for (FamilyScore family : board.families()) {
            ObjectNode node = families.addObject();
            node.put("family", family.measures().family());
            measures(node, family.measures());
            Coverage coverage = intervals.families().get(family.measures().family());
            if (coverage != null) {
                coverage(node, coverage);
            }
        }
        ObjectNode overall = root.putObject("overall");
        measures(overall, board.overall());
        coverage(overall, intervals.overall());
        put(overall, "rows_coverage_pct", OptionalDouble.of(intervals.rowsCoveredPct()));
        layouts(root.putObject("layouts"), board.runs());
        RegimeJson.write(root, board.runs());
        PeerJson.write(root, judged.peers());
        var peaks = root.putArray("peak_memory");
        PeakErrors.of(board.runs()).forEach(peak -> peak(peaks.addObject(), peak));
        fit(root.putObject("fit"), board.fit());
        var skipped = root.putArray("not_simulated");
        SkippedRows.of(board.runs()).forEach(reason -> skipped(skipped.addObject(), reason));
        var rows = root.putArray("rows");
        board.runs().forEach(scored -> row(rows.addObject(), scored, intervals));
        if (!judged.without().isEmpty()) {
            var mechanisms = root.putArray("without");
            judged.without().forEach(earned -> earned(mechanisms.addObject(), earned));
        }
        return MAPPER.writeValueAsString(root) + "\n";
    }

    private static void layouts(ObjectNode node, List<ScoredRun> runs) {
        StrategyChoice choice = StrategyChoice.of(
                runs.stream().filter(scored -> !scored.run().qualityC()).toList());
        node.put("jobs", choice.jobs());
        node.put("pairs", choice.pairs());
        put(node, "pair_order_pct", choice.pairOrderPct());
        put(node, "mean_regret_pct", choice.meanRegretPct());
    }

    private static void skipped(ObjectNode node, SkippedRows skipped) {
        node.put("reason", skipped.reason());
        node.put("rows", skipped.rows());
        var families = node.putArray("families");
        skipped.families().forEach(families::add);
    }

    static void measures(ObjectNode node, Measures measures) {
        node.put("rows", measures.rows());
        node.put("simulated", measures.simulated());
        put(node, "mape_pct", measures.mapePct());
        put(node, "median_pct", measures.medianPct());
        put(node, "p90_pct", measures.p90Pct());
        put(node, "bias_pct", measures.biasPct());
        put(node, "pair_order_pct", measures.pairOrderPct());
        put(node, "mean_regret_pct", measures.meanRegretPct());
        put(node, "memory_mape_pct", measures.memoryMapePct());
    }

    private static void earned(ObjectNode node, Earned earned) {
        var off = node.putArray("mechanisms");
        earned.without().off().forEach(one -> off.add(one.key()));
        var families = node.putArray("families");
        for (Earned.Pair pair : earned.families().subList(0, earned.families().size() - 1)) {
            ObjectNode family = families.addObject();
            family.put("family", pair.with().family());
            pair(family, pair);
        }
        pair(node.putObject("overall"), earned.families().getLast());
    }

    private static void pair(ObjectNode node, Earned.Pair pair) {
        put(node, "mape_with_pct", pair.with().mapePct());
        put(node, "mape_without_pct", pair.without().mapePct());
        put(node, "bias_with_pct", pair.with().biasPct());
        put(node, "bias_without_pct", pair.without().biasPct());
        put(node, "earned_points", pair.earnedPoints());
    }

    private static void peak(ObjectNode node, PeakErrors peak) {
        node.put("family", peak.family());
        node.put("measured", peak.instrument().name().toLowerCase(Locale.ROOT));
        node.put("rows", peak.rows());
        put(node, "mape_pct", OptionalDouble.of(peak.mapePct()));
        put(node, "bias_pct", OptionalDouble.of(peak.biasPct()));
        put(node, "worst_pct", OptionalDouble.of(peak.worstPct()));
    }

    private static void fit(ObjectNode node, FitVerdicts fit) {
        node.put("ran_out_of_memory", fit.ranOutOfMemory());
        node.put("predicted_out_of_memory", fit.predictedOutOfMemory());
        node.put("ran", fit.ran());
        node.put("false_alarms", fit.falseAlarms());
    }

    private static void coverage(ObjectNode node, Coverage coverage) {
        put(node, "coverage_pct", OptionalDouble.of(coverage.coveredPct()));
        put(node, "interval_width_pct", OptionalDouble.of(coverage.widthPct()));
        put(node, "interval_score", OptionalDouble.of(coverage.score()));
    }

    private static void row(ObjectNode node, ScoredRun scored, RowIntervals intervals) {
        node.put("id", scored.run().id());
        node.put("family", scored.run().family());
        node.put("metric", scored.run().text(Column.METRIC));
        if (scored.run().states(Column.UNIT)) {
            node.put("unit", scored.run().text(Column.UNIT));
        }
        put(node, "measured", scored.run().number(Column.VALUE));
        put(node, "predicted", scored.predictedInUnit());
        put(node, "low", intervals.low(scored));
        put(node, "high", intervals.high(scored));
        put(node, "error_pct", scored.errorPct());
        put(node, "step_measured_s", scored.measuredSeconds());
        Prediction prediction = scored.prediction();
        if (prediction != null) {
            put(node, "step_predicted_s", OptionalDouble.of(prediction.stepSeconds()));
            if (!prediction.breakdownSeconds().isEmpty()) {
                ObjectNode breakdown = node.putObject("breakdown_s");
                prediction
                        .breakdownSeconds()
                        .forEach((category, seconds) -> put(breakdown, category, OptionalDouble.of(seconds)));
            }
        }
        var assumed = node.putArray("assumed");
        scored.assumed().forEach(assumed::add);
        putBytes(node, "memory_measured_bytes", scored.memoryMeasuredBytes());
        putBytes(node, "memory_predicted_bytes", scored.memoryPredictedBytes());
        if (!scored.simulated()) {
            node.put("skipped", scored.skipped());
        }
    }

    private static void putBytes(ObjectNode node, String key, OptionalDouble bytes) {
        bytes.ifPresent(figure -> node.put(key, Math.round(figure)));
    }

    /// Six significant digits: more than any of the measured values has, and the same on every machine.
    private static void put(ObjectNode node, String key, OptionalDouble value) {
        value.ifPresent(figure -> node.put(key, new BigDecimal(figure, SIX_DIGITS).doubleValue()));
    }
}
