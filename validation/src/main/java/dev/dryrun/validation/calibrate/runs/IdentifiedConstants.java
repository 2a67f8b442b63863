// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.validation.drawn.AbsoluteErrorFit;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The constants that products identify, fitted with all others as in the catalog.
///
/// Where several constants share what the products say, each may look unknown beside the others. So the one least known
/// goes back to the catalog's value, those left are fitted again, and so on until all of them are identified.
///
/// @param best logarithms of factors on the catalog's values; 0 of a constant that went back
/// @param widths share of each prior's width that the products leave, in the last fit that had the constant
record IdentifiedConstants(double[] best, double[] widths) {
    private static final double MOST_VARIANCE = 0.5;
    private static final double USUAL_ERROR = 0.08;
    private static final int INDEPENDENT = 50;

    /// @param warm whether all products ran at the sustained clock
    static IdentifiedConstants of(
            Accelerator accelerator, List<TimedProduct> products, List<String> names, boolean warm) {
        double[] best = new double[names.size()];
        double[] widths = new double[names.size()];
        List<Integer> kept = IntStream.range(0, names.size()).boxed().toList();
        while (!kept.isEmpty()) {
            List<String> keptNames = kept.stream().map(names::get).toList();
            var model = new ProductModel(accelerator, products, keptNames, warm);
            AbsoluteErrorFit fit = fit(model);
            double[] found = fit.from(new double[kept.size()]);
            double[] deviations = fit.at(found).deviations();
            int vaguest = 0;
            for (int i = 0; i < kept.size(); i++) {
                best[kept.get(i)] = found[i];
                widths[kept.get(i)] = deviations[i] / model.spread(i);
                vaguest = widths[kept.get(i)] > widths[kept.get(vaguest)] ? i : vaguest;
            }
            if (identified(widths[kept.get(vaguest)])) {
                break;
            }
            int dropped = kept.get(vaguest);
            best[dropped] = 0;
            kept = kept.stream().filter(one -> one != dropped).toList();
        }
        return new IdentifiedConstants(best, widths);
    }

    private static AbsoluteErrorFit fit(ProductModel model) {
        double[] measured = model.products().stream()
                .mapToDouble(one -> Math.log(one.seconds()))
                .toArray();
        double[] weights = new double[measured.length];
        Arrays.fill(weights, 2 / USUAL_ERROR * Math.min(weights.length, INDEPENDENT) / weights.length);
        return new AbsoluteErrorFit(model, measured, weights);
    }

    /// Whether most of what is known of a constant comes from the products, by the share of its prior's width left.
    static boolean identified(double width) {
        return width * width <= MOST_VARIANCE;
    }
}
