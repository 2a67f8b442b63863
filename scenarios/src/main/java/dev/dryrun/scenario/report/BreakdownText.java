// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.simulate.MemoryUse;
import java.util.Locale;

/// What the memory of a stage holds at its peak, a line for each category.
final class BreakdownText {
    private static final int BAR = 38;

    private BreakdownText() {}

    static String write(String label, MemoryUse.Stage stage, Paper paper) {
        var out = new StringBuilder("\n");
        out.append(paper.bold("  memory of " + label))
                .append(PeakWords.of(stage.peak()))
                .append('\n');
        stage.byCategory().forEach((category, bytes) -> {
            double share = bytes / stage.deviceBytes();
            String line = String.format(
                    Locale.ROOT,
                    "  %-22s %10s %7s  %s",
                    category.words(),
                    Amount.gibibytes(bytes),
                    Amount.percent(share),
                    paper.bar(share, share, BAR));
            out.append(line.stripTrailing()).append('\n');
        });
        return out.toString();
    }
}
