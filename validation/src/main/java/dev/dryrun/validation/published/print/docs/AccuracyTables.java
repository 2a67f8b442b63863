// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.docs;

import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.HardwareByScale;
import dev.dryrun.validation.published.measure.JobScale;
import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.measure.PeakErrors;
import dev.dryrun.validation.published.measure.RegimeScore;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.measure.StrategyChoice;
import dev.dryrun.validation.published.peer.PeerScore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// The generated blocks of the page of accuracy, as tables of Markdown.
public final class AccuracyTables {
    private static final List<String> FIGURES =
            List.of("rows", "mean %", "median %", "p90 %", "bias %", "order %", "regret %");

    private AccuracyTables() {}

    /// By name, in the order in which they are told.
    public static Map<String, String> of(Scoreboard board, List<PeerScore> peers) {
        Map<String, String> blocks = new LinkedHashMap<>();
        blocks.put("families", families(board, false));
        blocks.put("apart", families(board, true));
        blocks.put("regimes", regimes(board.runs()));
        blocks.put("matrix", matrix(board.runs()));
        blocks.put("layouts", layouts(board.runs()));
        blocks.put("memory", memory(board));
        blocks.put("peers", peers(peers));
        return blocks;
    }

    private static String families(Scoreboard board, boolean apart) {
        var table = MarkdownTable.of("family", FIGURES);
        board.families().stream()
                .filter(family -> family.apart() == apart)
                .map(FamilyScore::measures)
                .forEach(measures -> table.row(measures.family(), cells(measures)));
        if (!apart) {
            table.row("**overall**", cells(board.overall()));
        }
        return table.text();
    }

    private static String regimes(List<ScoredRun> runs) {
        var table = MarkdownTable.of("regime", FIGURES);
        RegimeScore.of(runs).forEach(score -> table.row(score.measures().family(), cells(score.measures())));
        return table.text();
    }

    private static String matrix(List<ScoredRun> runs) {
        var matrix = HardwareByScale.of(runs);
        List<String> scales = new ArrayList<>();
        for (JobScale scale : JobScale.values()) {
            scales.add(scale.words());
        }
        var table = MarkdownTable.of("mean error % (rows)", scales);
        for (var hardware : matrix.hardware()) {
            List<String> cells = new ArrayList<>();
            for (JobScale scale : JobScale.values()) {
                cells.add(matrix.at(hardware, scale)
                        .map(measures -> one(measures.mapePct()) + " (" + measures.rows() + ")")
                        .orElse(""));
            }
            table.row(hardware.words(), cells);
        }
        return table.text();
    }

    private static String layouts(List<ScoredRun> runs) {
        StrategyChoice choice = StrategyChoice.of(
                runs.stream().filter(scored -> !scored.run().qualityC()).toList());
        return String.format(
                Locale.ROOT,
                "%d jobs (quality A and B) were measured under several strategies: of %d pairs over 2 %% apart %s %%"
                        + " are put in the measured order; the pick is %s %% slower than the best on the mean.",
                choice.jobs(),
                choice.pairs(),
                one(choice.pairOrderPct()),
                one(choice.meanRegretPct()));
    }

    private static String memory(Scoreboard board) {
        var table = MarkdownTable.of("family", List.of("rows", "mean %", "bias %", "worst %", "measured"));
        for (PeakErrors peak : PeakErrors.of(board.runs())) {
            table.row(
                    peak.family(),
                    List.of(
                            String.valueOf(peak.rows()),
                            one(OptionalDouble.of(peak.mapePct())),
                            signed(OptionalDouble.of(peak.biasPct())),
                            signed(OptionalDouble.of(peak.worstPct())),
                            peak.instrument().name().toLowerCase(Locale.ROOT)));
        }
        return table.text()
                + String.format(
                        Locale.ROOT,
                        "%nOf %d rows that ran out of memory %d are foreseen; of %d that ran, %d are predicted not to"
                                + " fit.",
                        board.fit().ranOutOfMemory(),
                        board.fit().predictedOutOfMemory(),
                        board.fit().ran(),
                        board.fit().falseAlarms());
    }

    private static String peers(List<PeerScore> peers) {
        var table = MarkdownTable.of(
                "simulator", List.of("family", "rows", "mean %", "dryrun", "bias %", "dryrun", "memory %", "dryrun"));
        for (PeerScore peer : peers) {
            for (int i = 0; i < peer.theirs().families().size(); i++) {
                Measures theirs = peer.theirs().families().get(i).measures();
                Measures ours = peer.ours().families().get(i).measures();
                boolean memory = theirs.memoryMapePct().isPresent();
                table.row(
                        peer.peer(),
                        List.of(
                                theirs.family(),
                                String.valueOf(theirs.rows()),
                                one(theirs.mapePct()),
                                one(ours.mapePct()),
                                signed(theirs.biasPct()),
                                signed(ours.biasPct()),
                                one(theirs.memoryMapePct()),
                                memory ? one(ours.memoryMapePct()) : ""));
            }
        }
        return table.text();
    }

    private static List<String> cells(Measures measures) {
        return List.of(
                String.valueOf(measures.rows()),
                one(measures.mapePct()),
                one(measures.medianPct()),
                one(measures.p90Pct()),
                signed(measures.biasPct()),
                one(measures.pairOrderPct()),
                one(measures.meanRegretPct()));
    }

    private static String one(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : "";
    }

    private static String signed(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%+.1f", value.getAsDouble()) : "";
    }
}
