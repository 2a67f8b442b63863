// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.validation.drawn.DrawnModel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Logarithms of the times of matrix products, by the logarithms of factors on the catalog's constants.
///
/// How far parts of one name differ in rate is some percent between servers and 10 % between cooling and power limits,
/// so the rates' priors are 0.15 wide in the logarithm; the clock's is 0.05, the gap's, which depends on how products
/// are timed, 0.5.
///
/// @param names of the constants
/// @param warm whether all products ran at the sustained clock, and not only those of 3.2 ms and more
record ProductModel(Accelerator accelerator, List<TimedProduct> products, List<String> names, boolean warm)
        implements DrawnModel {
    private static final double SUSTAINED_FROM_SECONDS = 3.2e-3;
    private static final double RATE_SPREAD = 0.15;
    private static final double CLOCK_SPREAD = 0.05;
    private static final double GAP_SPREAD = 0.5;

    @Override
    public int parameters() {
        return names.size();
    }

    @Override
    public double[][] at(List<double[]> sets) {
        return sets.stream().map(this::logSeconds).toArray(double[][]::new);
    }

    /// The accelerator where the constants differ by these factors.
    Accelerator with(double[] factors) {
        GemmCalibration gemm = accelerator.gemm();
        Map<Precision, Double> rates = new EnumMap<>(gemm.burstFlopsPerSecond());
        double clock = gemm.sustainedClock();
        double gap = gemm.gapSeconds();
        for (int i = 0; i < names.size(); i++) {
            double factor = Math.exp(factors[i]);
            switch (names.get(i)) {
                case ProductFit.CLOCK -> clock = Math.min(1, clock * factor);
                case ProductFit.GAP -> gap *= factor;
                default -> rates.computeIfPresent(ProductFit.precision(names.get(i)), (one, rate) -> rate * factor);
            }
        }
        return accelerator.withGemm(
                gemm.withShape(gemm.lastWaveCost(), gemm.squareTileRate(), gemm.narrowTileRate(), gap)
                        .withRates(rates, clock));
    }

    private double[] logSeconds(double[] factors) {
        Accelerator moved = with(factors);
        GemmCalibration gemm = moved.gemm();
        var sustained = new KernelModel(moved, 1);
        var burst =
                warm ? sustained : new KernelModel(moved.withGemm(gemm.withRates(gemm.burstFlopsPerSecond(), 1)), 1);
        return products.stream()
                .mapToDouble(one ->
                        Math.log((one.seconds() < SUSTAINED_FROM_SECONDS ? burst : sustained).gemmSeconds(one.gemm())))
                .toArray();
    }

    @Override
    public double drawnTo(double[] set, int parameter) {
        return 0;
    }

    @Override
    public double spread(int parameter) {
        return switch (names.get(parameter)) {
            case ProductFit.CLOCK -> CLOCK_SPREAD;
            case ProductFit.GAP -> GAP_SPREAD;
            default -> RATE_SPREAD;
        };
    }
}
