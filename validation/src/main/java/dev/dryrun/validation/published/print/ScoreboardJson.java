// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.interval.Coverage;
import dev.dryrun.validation.published.interval.RowIntervals;
import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.FitVerdicts;
import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.measure.PeakErrors;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.table.Column;
import java.math.BigDecimal;
import java.math.MathContext;
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

    public static String write(Scoreboard board, RowIntervals intervals) {
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
        var peaks = root.putArray("peak_memory");
        PeakErrors.of(board.runs()).forEach(peak -> peak(peaks.addObject(), peak));
        fit(root.putObject("fit"), board.fit());
        var rows = root.putArray("rows");
        board.runs().forEach(scored -> row(rows.addObject(), scored, intervals));
        return MAPPER.writeValueAsString(root) + "\n";
    }

    private static void measures(ObjectNode node, Measures measures) {
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
