// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/// Rates, sustained clock and gap of an accelerator by the user's own matrix products, each drawn to the catalog's.
///
/// Timed by themselves, products shorter than 3.2 ms run at the burst clock, longer ones at the sustained one; in a
/// training step all run at the sustained one, and tell nothing of how it compares with the burst clock. What they do
/// not identify stays as in the catalog, and the others are fitted beside that.
///
/// @param accelerator as in the catalog
/// @param names of the constants: `rate.bf16`, `sustained_clock`, `gap`
/// @param best logarithms of factors on the catalog's values; 0 where the products do not identify the constant
/// @param widths share of each prior's width that the products leave
/// @param warm whether all products ran at the sustained clock
public record ProductFit(
        Accelerator accelerator,
        List<TimedProduct> products,
        List<String> names,
        double[] best,
        double[] widths,
        boolean warm) {
    static final String CLOCK = "sustained_clock";
    static final String GAP = "gap";

    /// By products that were timed one kind after the other.
    static ProductFit of(Accelerator accelerator, List<TimedProduct> products) {
        List<String> names = rates(products);
        names.add(CLOCK);
        names.add(GAP);
        return fitted(accelerator, products, names, false);
    }

    /// By products of a training step.
    ///
    /// @param withGap whether the times include the gap to the next kernel, so that they tell it
    public static ProductFit ofStep(Accelerator accelerator, List<TimedProduct> products, boolean withGap) {
        List<String> names = rates(products);
        if (withGap) {
            names.add(GAP);
        }
        return fitted(accelerator, products, names, true);
    }

    private static List<String> rates(List<TimedProduct> products) {
        List<String> names = new ArrayList<>();
        new TreeSet<>(products.stream().map(one -> one.gemm().precision()).toList())
                .forEach(one -> names.add("rate." + one.name().toLowerCase(java.util.Locale.ROOT)));
        return names;
    }

    private static ProductFit fitted(
            Accelerator accelerator, List<TimedProduct> products, List<String> names, boolean warm) {
        IdentifiedConstants found = IdentifiedConstants.of(accelerator, products, names, warm);
        return new ProductFit(accelerator, products, List.copyOf(names), found.best(), found.widths(), warm);
    }

    /// Whether most of what is then known of a constant comes from the products.
    public boolean identified(int parameter) {
        return IdentifiedConstants.identified(widths[parameter]);
    }

    /// Part of what is then known of a constant that the products say, in percent.
    public double byDataPct(int parameter) {
        return 100 * Math.max(0, 1 - widths[parameter] * widths[parameter]);
    }

    /// Value in SI: operations a second, a share, seconds.
    public double value(int parameter) {
        return catalogValue(parameter) * Math.exp(best[parameter]);
    }

    /// The same in the catalog.
    public double catalogValue(int parameter) {
        GemmCalibration gemm = accelerator.gemm();
        return switch (names.get(parameter)) {
            case CLOCK -> gemm.sustainedClock();
            case GAP -> gemm.gapSeconds();
            default -> gemm.rateFlopsPerSecond(precision(names.get(parameter)));
        };
    }

    /// Format of the products whose rate a constant is.
    static Precision precision(String rate) {
        return Precision.valueOf(rate.substring("rate.".length()).toUpperCase(java.util.Locale.ROOT));
    }

    /// The accelerator with the fitted constants.
    public Accelerator fitted() {
        return model().with(best);
    }

    /// Error of each product in percent with the catalog's values, or with the fitted ones.
    public double[] errorsPct(boolean fitted) {
        double[] logs = model().at(fitted ? best : new double[best.length]);
        double[] errors = new double[logs.length];
        for (int i = 0; i < logs.length; i++) {
            errors[i] = 100 * (Math.exp(logs[i]) / products.get(i).seconds() - 1);
        }
        return errors;
    }

    /// Mean absolute error in percent.
    public double meanErrorPct(boolean fitted) {
        return Arrays.stream(errorsPct(fitted)).map(Math::abs).average().orElse(0);
    }

    private ProductModel model() {
        return new ProductModel(accelerator, products, names, warm);
    }
}
