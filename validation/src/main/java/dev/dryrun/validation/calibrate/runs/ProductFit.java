// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.validation.drawn.AbsoluteErrorFit;
import dev.dryrun.validation.drawn.DrawnModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Rates, sustained clock and gap of an accelerator by the user's own matrix products, each drawn to the catalog's.
///
/// Products shorter than 3.2 ms run at the burst clock, longer ones at the sustained one. How far parts of one name
/// differ in rate is some percent between servers and 10 % between cooling and power limits, so the rates' priors are
/// 0.15 wide in the logarithm; the clock's is 0.05, the gap's, which depends on how products are timed, 0.5.
///
/// @param accelerator as in the catalog
/// @param names of the constants: `rate.bf16`, `sustained_clock`, `gap`
/// @param best logarithms of factors on the catalog's values
/// @param widths share of each prior's width that the products leave
record ProductFit(
        Accelerator accelerator, List<TimedProduct> products, List<String> names, double[] best, double[] widths) {
    private static final double SUSTAINED_FROM_SECONDS = 3.2e-3;
    private static final double RATE_SPREAD = 0.15;
    private static final double CLOCK_SPREAD = 0.05;
    private static final double GAP_SPREAD = 0.5;
    private static final double USUAL_ERROR = 0.08;
    private static final int INDEPENDENT = 50;
    private static final double MOST_VARIANCE = 0.5;

    static ProductFit of(Accelerator accelerator, List<TimedProduct> products) {
        List<Precision> precisions = List.copyOf(new TreeSet<>(
                products.stream().map(one -> one.gemm().precision()).toList()));
        List<String> names = new ArrayList<>();
        precisions.forEach(one -> names.add("rate." + one.name().toLowerCase(java.util.Locale.ROOT)));
        names.add("sustained_clock");
        names.add("gap");
        var model = new Model(accelerator, products, precisions);
        double[] measured =
                products.stream().mapToDouble(one -> Math.log(one.seconds())).toArray();
        double[] weights = new double[measured.length];
        Arrays.fill(weights, 2 / USUAL_ERROR * Math.min(weights.length, INDEPENDENT) / weights.length);
        var fit = new AbsoluteErrorFit(model, measured, weights);
        double[] best = fit.from(new double[names.size()]);
        double[] deviations = fit.at(best).deviations();
        for (int i = 0; i < best.length; i++) {
            deviations[i] /= model.spread(i);
            if (deviations[i] * deviations[i] > MOST_VARIANCE) {
                best[i] = 0;
            }
        }
        return new ProductFit(accelerator, products, List.copyOf(names), best, deviations);
    }

    boolean identified(int parameter) {
        return widths[parameter] * widths[parameter] <= MOST_VARIANCE;
    }

    /// Value in SI: operations a second, a share, seconds.
    double value(int parameter) {
        return catalogValue(parameter) * Math.exp(best[parameter]);
    }

    double catalogValue(int parameter) {
        GemmCalibration gemm = accelerator.gemm();
        return switch (names.get(parameter)) {
            case "sustained_clock" -> gemm.sustainedClock();
            case "gap" -> gemm.gapSeconds();
            default -> gemm.rateFlopsPerSecond(precision(parameter));
        };
    }

    /// Format of the products whose rate a parameter is.
    Precision precision(int parameter) {
        return Precision.valueOf(
                names.get(parameter).substring("rate.".length()).toUpperCase(java.util.Locale.ROOT));
    }

    /// Mean absolute error in percent with the catalog's values, or with the fitted ones.
    double meanErrorPct(boolean fitted) {
        List<Precision> precisions = new ArrayList<>();
        for (int i = 0; i < names.size() - 2; i++) {
            precisions.add(precision(i));
        }
        double[] logs = new Model(accelerator, products, precisions).at(fitted ? best : new double[best.length]);
        double sum = 0;
        for (int i = 0; i < logs.length; i++) {
            sum += Math.abs(Math.exp(logs[i]) / products.get(i).seconds() - 1);
        }
        return 100 * sum / logs.length;
    }

    private record Model(Accelerator accelerator, List<TimedProduct> products, List<Precision> precisions)
            implements DrawnModel {
        @Override
        public int parameters() {
            return precisions.size() + 2;
        }

        @Override
        public double[][] at(List<double[]> sets) {
            return sets.stream().map(this::logSeconds).toArray(double[][]::new);
        }

        private double[] logSeconds(double[] factors) {
            GemmCalibration gemm = accelerator.gemm();
            Map<Precision, Double> rates = new EnumMap<>(gemm.burstFlopsPerSecond());
            for (int i = 0; i < precisions.size(); i++) {
                double factor = Math.exp(factors[i]);
                rates.computeIfPresent(precisions.get(i), (one, rate) -> rate * factor);
            }
            int clock = precisions.size();
            double sustained = Math.min(1, gemm.sustainedClock() * Math.exp(factors[clock]));
            GemmCalibration moved = gemm.withShape(
                    gemm.lastWaveCost(),
                    gemm.squareTileRate(),
                    gemm.narrowTileRate(),
                    gemm.gapSeconds() * Math.exp(factors[clock + 1]));
            var burst = new KernelModel(accelerator.withGemm(moved.withRates(rates, 1)), 1);
            var warm = new KernelModel(accelerator.withGemm(moved.withRates(rates, sustained)), 1);
            return products.stream()
                    .mapToDouble(one ->
                            Math.log((one.seconds() < SUSTAINED_FROM_SECONDS ? burst : warm).gemmSeconds(one.gemm())))
                    .toArray();
        }

        @Override
        public double drawnTo(double[] set, int parameter) {
            return 0;
        }

        @Override
        public double spread(int parameter) {
            int rates = precisions.size();
            return parameter < rates ? RATE_SPREAD : parameter == rates ? CLOCK_SPREAD : GAP_SPREAD;
        }
    }
}
