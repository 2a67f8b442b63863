// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import java.util.List;
import org.apache.commons.math3.stat.regression.SimpleRegression;

/// What steps take beside the kernels and exchanges that were timed in them: the line through kernels of a step and
/// what is left of it, neither of the two below 0.
///
/// @param perKernelSeconds in the trainer's own bookkeeping between two kernels
/// @param perStepSeconds of a step, however many kernels it has
record Beside(double perKernelSeconds, double perStepSeconds) {
    static Beside of(List<Probe> probes) {
        var line = new SimpleRegression();
        var throughZero = new SimpleRegression(false);
        double sum = 0;
        for (Probe probe : probes) {
            double left = probe.stepSeconds();
            double kernels = 0;
            for (Probe.Timed timed : probe.kernels()) {
                if (timed.rank() == 0 && !timed.name().endsWith(" world")) {
                    left -= timed.calls() * timed.seconds();
                    kernels += kernels(timed);
                }
            }
            line.addData(kernels, left);
            throughZero.addData(kernels, left);
            sum += left;
        }
        double slope = line.getSlope();
        if (Double.isNaN(slope) || slope < 0) {
            return new Beside(0, Math.max(0, sum / probes.size()));
        } else if (line.getIntercept() < 0) {
            return new Beside(Math.max(0, throughZero.getSlope()), 0);
        }
        return new Beside(slope, line.getIntercept());
    }

    /// As the simulator counts them: the backward pass of a product is two, positions are the embedding's.
    private static double kernels(Probe.Timed timed) {
        boolean none = timed.exchanges() || timed.name().equals("positions");
        boolean two = DeviceFit.PRODUCTS.contains(timed.name()) && timed.backward();
        return none ? 0 : timed.calls() * (two ? 2 : 1);
    }
}
