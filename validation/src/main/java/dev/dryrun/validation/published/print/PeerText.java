// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.measure.Measures;
import dev.dryrun.validation.published.measure.Scoreboard;
import dev.dryrun.validation.published.peer.PeerScore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Other simulators' predictions beside ours, on the same rows.
public final class PeerText {
    private PeerText() {}

    /// Empty where nobody predicted any of the rows.
    public static String write(List<PeerScore> scores) {
        if (scores.isEmpty()) {
            return "";
        }
        var text = new StringBuilder("\nOther simulators on the same rows, in percent (dryrun beside them)\n\n");
        text.append(line("family", "rows", "mean", "", "bias", "", "order", "", "memory", ""));
        for (PeerScore score : scores) {
            text.append(score.peer()).append('\n');
            List<Measures> theirs = lines(score.theirs());
            List<Measures> ours = lines(score.ours());
            for (int i = 0; i < theirs.size(); i++) {
                text.append(line(theirs.get(i), ours.get(i)));
            }
        }
        return text.toString();
    }

    /// A line per family, and one over those of quality A and B where there are several.
    static List<Measures> lines(Scoreboard board) {
        var lines = new ArrayList<Measures>();
        board.families().forEach(family -> lines.add(family.measures()));
        if (lines.size() > 1) {
            lines.add(board.overall());
        }
        return lines;
    }

    private static String line(Measures theirs, Measures ours) {
        return line(
                theirs.family(),
                String.valueOf(theirs.rows()),
                MeasureLines.one(theirs.mapePct()),
                beside(MeasureLines.one(ours.mapePct())),
                MeasureLines.signed(theirs.biasPct()),
                beside(MeasureLines.signed(ours.biasPct())),
                MeasureLines.one(theirs.pairOrderPct()),
                beside(MeasureLines.one(ours.pairOrderPct())),
                MeasureLines.one(theirs.memoryMapePct()),
                theirs.memoryMapePct().isPresent() ? beside(MeasureLines.one(ours.memoryMapePct())) : "");
    }

    private static String beside(String ours) {
        return ours.isEmpty() ? "" : "(" + ours + ")";
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "  %-18s %5s %7s %-7s %7s %-8s %7s %-8s %6s %s", cells)
                        .stripTrailing()
                + "\n";
    }
}
