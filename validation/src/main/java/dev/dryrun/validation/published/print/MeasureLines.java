// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print;

import dev.dryrun.validation.published.measure.Measures;
import java.util.Locale;
import java.util.OptionalDouble;

/// Lines of the table of figures: one per family, or per regime.
final class MeasureLines {
    private final StringBuilder text;

    MeasureLines(StringBuilder text) {
        this.text = text;
    }

    /// @param first what the lines stand for
    void head(String first) {
        line(first, "rows", "sim.", "mean", "median", "p90", "bias", "order", "regret", "memory");
    }

    void line(Measures measures) {
        line(
                measures.family(),
                measures.rows(),
                measures.simulated(),
                one(measures.mapePct()),
                one(measures.medianPct()),
                one(measures.p90Pct()),
                signed(measures.biasPct()),
                one(measures.pairOrderPct()),
                one(measures.meanRegretPct()),
                one(measures.memoryMapePct()));
    }

    private void line(Object... cells) {
        text.append(String.format(Locale.ROOT, "%-20s %5s %5s %7s %7s %7s %7s %7s %7s %7s", cells)
                        .stripTrailing())
                .append('\n');
    }

    /// With one digit behind the point; nothing where there is no figure.
    static String one(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : "";
    }

    /// The same with its sign.
    static String signed(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%+.1f", value.getAsDouble()) : "";
    }
}
