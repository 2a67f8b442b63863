// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.page;

import dev.dryrun.validation.published.measure.FamilyScore;
import dev.dryrun.validation.published.measure.HardwareByScale;
import dev.dryrun.validation.published.measure.JobScale;
import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.measure.RegimeKind;
import dev.dryrun.validation.published.measure.RegimeScore;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.measure.ScoredRun;
import dev.dryrun.validation.published.measure.SkippedRows;
import dev.dryrun.validation.published.peer.PeerScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The figures of the scoreboard as tables of the page.
final class PageTables {
    private PageTables() {}

    static String families(Scoreboard board) {
        List<List<String>> rows = new ArrayList<>();
        board.families().stream()
                .filter(family -> !family.apart())
                .forEach(family -> rows.add(cells(family.measures().family(), family.measures())));
        rows.add(cells("overall", board.overall()));
        board.families().stream()
                .filter(FamilyScore::apart)
                .forEach(family -> rows.add(cells(family.measures().family() + " (apart)", family.measures())));
        return Html.table(head("family"), rows);
    }

    /// A table for each way to divide rows.
    static String regimes(List<ScoredRun> runs) {
        var out = new StringBuilder();
        List<RegimeScore> scores = RegimeScore.of(runs);
        for (RegimeKind kind : RegimeKind.values()) {
            List<List<String>> rows = scores.stream()
                    .filter(score -> score.kind() == kind)
                    .map(score -> cells(score.measures().family(), score.measures()))
                    .toList();
            out.append(Html.table(head(kind.name().toLowerCase(Locale.ROOT)), rows));
        }
        return out.toString();
    }

    static String matrix(List<ScoredRun> runs) {
        var matrix = HardwareByScale.of(runs);
        List<String> head = new ArrayList<>(List.of("mean error % (rows)"));
        List<List<String>> rows = new ArrayList<>();
        for (JobScale scale : JobScale.values()) {
            head.add(scale.words());
        }
        for (var hardware : matrix.hardware()) {
            List<String> row = new ArrayList<>(List.of(hardware.words()));
            for (JobScale scale : JobScale.values()) {
                row.add(matrix.at(hardware, scale)
                        .map(measures -> Html.one(measures.mapePct()) + " (" + measures.rows() + ")")
                        .orElse(""));
            }
            rows.add(row);
        }
        return Html.table(head, rows);
    }

    static String peers(List<PeerScore> peers) {
        List<List<String>> rows = new ArrayList<>();
        for (PeerScore peer : peers) {
            for (int i = 0; i < peer.theirs().families().size(); i++) {
                Measures theirs = peer.theirs().families().get(i).measures();
                Measures ours = peer.ours().families().get(i).measures();
                rows.add(List.of(
                        peer.peer() + ", " + theirs.family(),
                        String.valueOf(theirs.rows()),
                        Html.one(theirs.mapePct()),
                        Html.one(ours.mapePct()),
                        Html.signed(theirs.biasPct()),
                        Html.signed(ours.biasPct()),
                        Html.one(theirs.memoryMapePct()),
                        Html.one(ours.memoryMapePct())));
            }
        }
        return Html.table(
                List.of("simulator, family", "rows", "mean", "dryrun", "bias", "dryrun", "memory", "dryrun"), rows);
    }

    static String skipped(List<SkippedRows> reasons) {
        return Html.table(
                List.of("reason", "rows", "families"),
                reasons.stream()
                        .map(skipped -> List.of(
                                skipped.reason(),
                                String.valueOf(skipped.rows()),
                                String.join(", ", skipped.families())))
                        .toList());
    }

    private static List<String> head(String first) {
        return List.of(first, "rows", "simulated", "mean", "median", "p90", "bias", "order", "regret", "memory");
    }

    private static List<String> cells(String name, Measures measures) {
        return List.of(
                name,
                String.valueOf(measures.rows()),
                String.valueOf(measures.simulated()),
                Html.one(measures.mapePct()),
                Html.one(measures.medianPct()),
                Html.one(measures.p90Pct()),
                Html.signed(measures.biasPct()),
                Html.one(measures.pairOrderPct()),
                Html.one(measures.meanRegretPct()),
                Html.one(measures.memoryMapePct()));
    }
}
