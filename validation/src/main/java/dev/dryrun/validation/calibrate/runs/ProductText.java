// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import java.util.Locale;

/// A fit to matrix products for people: its error before and after, and what each constant is.
public final class ProductText {
    private ProductText() {}

    /// Lines, with an empty one behind them.
    public static String text(ProductFit fit) {
        var out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%s, %d products: mean error %.1f %% by the catalog, %.1f %% fitted%n%n",
                fit.accelerator().name(),
                fit.products().size(),
                fit.meanErrorPct(false),
                fit.meanErrorPct(true)));
        out.append(String.format(Locale.ROOT, "%-26s %12s %12s %8s%n", "constant", "catalog", "here", "by data"));
        for (int i = 0; i < fit.names().size(); i++) {
            out.append(String.format(
                    Locale.ROOT,
                    "%-26s %12.4g %12s %6.0f %%%n",
                    fit.names().get(i),
                    fit.catalogValue(i),
                    fit.identified(i) ? String.format(Locale.ROOT, "%.4g", fit.value(i)) : "-",
                    fit.byDataPct(i)));
        }
        return out.append('\n').toString();
    }
}
