// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.scenario.report.Amount;
import java.util.Formatter;
import java.util.List;
import java.util.Locale;

/// The products of traces that the fitted constants miss by most time, before and after the fit.
final class ProductTable {
    private static final int MOST = 10;

    private ProductTable() {}

    static void add(Formatter lines, List<ProductResidual> residuals) {
        lines.format("%-34s %6s %10s %10s %9s%n", "product", "calls", "measured", "catalog %", "here %");
        for (ProductResidual one : ProductResidual.worst(residuals, MOST)) {
            lines.format(
                    "%-34s %6d %10s %+10.1f %+9.1f%n",
                    name(one.gemm()),
                    one.calls(),
                    Amount.seconds(one.measuredSeconds()),
                    one.catalogErrorPct(),
                    one.fittedErrorPct());
        }
        lines.format(
                "%-34s %6s %10s %10.1f %9.1f%n",
                "mean absolute error by time",
                "",
                "",
                ProductResidual.meanErrorPct(residuals, false),
                ProductResidual.meanErrorPct(residuals, true));
        if (residuals.size() > MOST) {
            lines.format("The %d of %d that are missed by most time; --json has all.%n", MOST, residuals.size());
        }
        lines.format("%n");
    }

    private static String name(Gemm gemm) {
        String sizes = gemm.m() + " x " + gemm.n() + " x " + gemm.k();
        String times = gemm.batch() > 1 ? ", " + gemm.batch() + " times " : " ";
        return sizes + times + gemm.precision().name().toLowerCase(Locale.ROOT);
    }
}
