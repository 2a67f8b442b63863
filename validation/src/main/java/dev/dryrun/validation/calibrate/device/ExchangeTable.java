// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.catalog.Entry;
import java.util.Locale;

/// Exchanges as a table: measured, predicted, and by how much too long or short.
final class ExchangeTable {
    private static final double MICROS = 1e6;
    private static final double GIGA = 1e-9;

    private ExchangeTable() {}

    static String write(ExchangeFit fit) {
        if (fit.rows().isEmpty()) {
            return "exchanges: not measured\n";
        }
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "exchanges of two ranks: %.0f us and %.0f us a step of a ring, messages at %.2f GB/s, all-reduces at"
                        + " %.2f GB/s, others fill %.0f kB%n  %-15s %10s %12s %12s %7s%n",
                fit.value(ExchangeConstant.BASE) * MICROS,
                fit.value(ExchangeConstant.HOP) * MICROS,
                fit.value(ExchangeConstant.RATE) * GIGA,
                fit.value(ExchangeConstant.RATE) * fit.value(ExchangeConstant.PAIR) * GIGA,
                fit.value(ExchangeConstant.FILL) * 1e-3,
                "kind",
                "bytes",
                "measured us",
                "predicted us",
                "error"));
        for (ExchangeFit.Row row : fit.rows()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %-15s %10d %12.1f %12.1f %+5.0f %%%n",
                    Entry.kebab(row.time().kind()),
                    row.time().bytes(),
                    row.time().medianSeconds() * MICROS,
                    row.predictedSeconds() * MICROS,
                    row.errorPct()));
        }
        return text.append("  mean error: ").append(errors(fit)).append('\n').toString();
    }

    /// Mean absolute error by kind, in percent.
    static String errors(ExchangeFit fit) {
        var text = new StringBuilder();
        fit.errorsPct()
                .forEach((kind, error) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(String.format(Locale.ROOT, "%s %.0f %%", Entry.kebab(kind), error)));
        return text.isEmpty() ? "nothing was measured" : text.toString();
    }
}
