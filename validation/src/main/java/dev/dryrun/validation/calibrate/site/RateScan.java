// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.validation.drawn.AbsoluteErrorFit;
import java.util.Arrays;
import java.util.List;

/// A search for the best parameters that also tries other values of rates: a rate that does not bind has no slope, so
/// that steps along slopes never find that it should.
final class RateScan {
    /// A third less, further than rates of a library differ from site to site.
    private static final double LOWER = 0.4;

    private static final int SCANS = 4;

    /// Values tried of a rate: in steps of 2 %, a factor of 2.2 to either side.
    private static final int SCANNED = 40;

    private static final double SCAN_STEP = 0.02;
    private static final double ENOUGH = 1e-6;

    private final AbsoluteErrorFit fit;
    private final double[] centre;
    private final List<Integer> rates;

    /// @param centre what each parameter is drawn to
    /// @param rates parameters that are logarithms of rates or of shares of rates
    RateScan(AbsoluteErrorFit fit, double[] centre, List<Integer> rates) {
        this.fit = fit;
        this.centre = centre.clone();
        this.rates = List.copyOf(rates);
    }

    /// Searches from what the parameters are drawn to and from a lower value of each rate in turn, and on from wherever
    /// another value of one rate alone is better.
    double[] best() {
        double[] best = scannedOn(centre);
        for (int rate : rates) {
            double[] lower = centre.clone();
            lower[rate] -= LOWER;
            double[] other = scannedOn(lower);
            best = fit.cost(other) < fit.cost(best) ? other : best;
        }
        return best;
    }

    private double[] scannedOn(double[] start) {
        double[] best = fit.from(start);
        for (int round = 0; round < SCANS; round++) {
            double[] scanned = best.clone();
            for (int rate : rates) {
                scanned[rate] = scanned(scanned, rate);
            }
            if (Arrays.equals(scanned, best)) {
                break;
            }
            double[] other = fit.from(scanned);
            best = fit.cost(other) < fit.cost(scanned) ? other : scanned;
        }
        return best;
    }

    /// The best value of one parameter among equidistant ones, or its own; the others stay.
    private double scanned(double[] x, int parameter) {
        double[] trial = x.clone();
        double best = x[parameter];
        double least = fit.cost(x) * (1 - ENOUGH);
        for (int i = -SCANNED; i <= SCANNED; i++) {
            trial[parameter] = centre[parameter] + SCAN_STEP * i;
            double cost = fit.cost(trial);
            if (cost < least) {
                least = cost;
                best = trial[parameter];
            }
        }
        return best;
    }
}
