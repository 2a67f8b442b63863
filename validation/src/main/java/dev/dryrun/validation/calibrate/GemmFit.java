// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.KernelModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.optim.InitialGuess;
import org.apache.commons.math3.optim.MaxEval;
import org.apache.commons.math3.optim.SimpleBounds;
import org.apache.commons.math3.optim.nonlinear.scalar.GoalType;
import org.apache.commons.math3.optim.nonlinear.scalar.ObjectiveFunction;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer.PopulationSize;
import org.apache.commons.math3.optim.nonlinear.scalar.noderiv.CMAESOptimizer.Sigma;
import org.apache.commons.math3.random.MersenneTwister;

/// The least weighted absolute logarithmic error of the matrix-product model over groups of measured products.
///
/// Absolute errors, because a wrong choice of kernel by the library is an outlier and not noise; weights are the fourth
/// roots of the times, because a training step spends its time in large products but only small ones show the fixed
/// cost. Each group (one machine, one source) has its own rate, wave, tile and gap parameters; the epilogue bandwidth
/// is one for all, as groups are the same chip. Long products run at the sustained clock, short ones at the burst
/// clock; those between are left out. The search is CMA-ES with a fixed seed.
final class GemmFit {
    /// Slowest and fastest epilogue looked for, bytes a second. Above the fastest it costs under 0.3 % and cannot
    /// be told from nothing.
    static final double[] ANY_EPILOGUE = {0.5e12, 45e12};

    private static final int PARAMETERS = 7;
    private static final int CLOCK = 5;
    private static final double[] LOWEST = {0.4, 0, 0.5, 0.3, 0, 0, 0.8};
    private static final double[] START = {0.77, 0.3, 0.93, 0.8, 3, 0.97, 0.85};
    private static final double[] HIGHEST = {0.95, 1, 1, 1, 30, 1, 1};

    /// Products measured on one machine.
    ///
    /// @param accelerator data sheet and stream bandwidth of that machine
    /// @param thin whether some have so few rows that they wait for memory, which tells at what share of its bandwidth
    /// operands come; else that of streaming kernels is taken
    record Group(Accelerator accelerator, List<MeasuredGemm> rows, boolean thin) {}

    private final List<Group> groups;
    private final PowerLimit limit;
    private final double[] epilogue;
    private final List<double[]> weights = new ArrayList<>();

    /// @param epilogueBytesPerSecond lowest and highest
    GemmFit(List<Group> groups, PowerLimit limit, double... epilogueBytesPerSecond) {
        this.limit = limit;
        this.epilogue = epilogueBytesPerSecond;
        this.groups = groups.stream().map(this::burstAndSustained).toList();
        for (Group group : this.groups) {
            double sum = group.rows().stream()
                    .mapToDouble(row -> Math.sqrt(Math.sqrt(row.seconds())))
                    .sum();
            weights.add(group.rows().stream()
                    .mapToDouble(row -> Math.sqrt(Math.sqrt(row.seconds())) / sum)
                    .toArray());
        }
    }

    /// The best calibration of every group, in order.
    List<GemmCalibration> fit() {
        int size = 1 + PARAMETERS * groups.size();
        var start = filled(Math.log(epilogue[0] * epilogue[1]) / 2, START, size);
        double[] lowestOfGroup = LOWEST.clone();
        lowestOfGroup[CLOCK] = limit.lowestClock();
        var lowest = filled(Math.log(epilogue[0]), lowestOfGroup, size);
        var highest = filled(Math.log(epilogue[1]), HIGHEST, size);
        var sigma = new double[size];
        for (int i = 0; i < size; i++) {
            sigma[i] = (highest[i] - lowest[i]) / 5;
        }
        var optimizer = new CMAESOptimizer(20_000, 0, true, 20, 0, new MersenneTwister(1), false, null);
        double[] best = optimizer
                .optimize(
                        new MaxEval(30_000),
                        new ObjectiveFunction(this::loss),
                        GoalType.MINIMIZE,
                        new InitialGuess(start),
                        new SimpleBounds(lowest, highest),
                        new Sigma(sigma),
                        new PopulationSize(4 + 3 * size))
                .getPoint();
        var result = new ArrayList<GemmCalibration>();
        for (int group = 0; group < groups.size(); group++) {
            result.add(calibration(best, group));
        }
        return result;
    }

    private double loss(double[] parameters) {
        double sum = 0;
        for (int g = 0; g < groups.size(); g++) {
            Group group = groups.get(g);
            GemmCalibration calibration = calibration(parameters, g);
            var sustained = new KernelModel(group.accelerator().withGemm(calibration), 1);
            GemmCalibration cold = calibration.withRates(calibration.burstFlopsPerSecond(), 1);
            var burst = new KernelModel(group.accelerator().withGemm(cold), 1);
            for (int i = 0; i < group.rows().size(); i++) {
                MeasuredGemm row = group.rows().get(i);
                KernelModel model = row.seconds() < limit.sustainedFromSeconds() ? burst : sustained;
                sum += weights.get(g)[i] * Math.abs(Math.log(model.gemmSeconds(row.gemm()) / row.seconds()));
            }
        }
        return sum;
    }

    private GemmCalibration calibration(double[] parameters, int group) {
        int at = 1 + PARAMETERS * group;
        double store = Math.exp(parameters[0]);
        Accelerator accelerator = groups.get(group).accelerator();
        double rate = parameters[at] * accelerator.peakFlopsPerSecond(Precision.FP16);
        return accelerator
                .gemm()
                .withRates(Map.of(Precision.FP16, rate, Precision.BF16, rate), parameters[at + CLOCK])
                .withShape(parameters[at + 1], parameters[at + 2], parameters[at + 3], parameters[at + 4] * 1e-6)
                .withEpilogue(store, store)
                .withOperandEfficiency(groups.get(group).thin() ? parameters[at + 6] : accelerator.streamEfficiency());
    }

    private Group burstAndSustained(Group group) {
        return new Group(
                group.accelerator(),
                group.rows().stream()
                        .filter(row -> row.seconds() < limit.burstBelowSeconds()
                                || row.seconds() >= limit.sustainedFromSeconds())
                        .toList(),
                group.thin());
    }

    private static double[] filled(double first, double[] repeated, int size) {
        var values = new double[size];
        values[0] = first;
        for (int i = 1; i < size; i++) {
            values[i] = repeated[(i - 1) % PARAMETERS];
        }
        return values;
    }
}
