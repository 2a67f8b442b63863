// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import java.util.Arrays;
import java.util.List;

/// A step that was executed, and its part in the mean step that is reported.
///
/// @param plan what was executed
/// @param outcome what came of it
/// @param weight such steps for each step of the training
record PlayedStep(StepPlan plan, StepOutcome outcome, double weight) {
    double seconds() {
        return weight * outcome.stepNanos() / 1e9;
    }

    /// Seconds of each category on the mean rank.
    double[] exposedSeconds() {
        return mean(outcome.exposedNanos());
    }

    /// The same with what ran hidden.
    double[] busySeconds() {
        return mean(outcome.busyNanos());
    }

    /// Seconds of each category on the longest chain.
    double[] criticalSeconds() {
        return Arrays.stream(outcome.criticalNanos())
                .mapToDouble(nanos -> weight * nanos / 1e9)
                .toArray();
    }

    private double[] mean(long[][] nanosByMember) {
        double[] mean = new double[outcome.criticalNanos().length];
        for (int c = 0; c < mean.length; c++) {
            double sum = 0;
            for (int member = 0; member < plan.members(); member++) {
                sum += (double) nanosByMember[member][c] * plan.ranksOf()[member];
            }
            mean[c] = weight * (sum / plan.ranks() / 1e9);
        }
        return mean;
    }

    /// Sums over steps, category by category.
    static double[] sum(List<double[]> ofSteps) {
        double[] sum = new double[ofSteps.getFirst().length];
        for (double[] seconds : ofSteps) {
            for (int c = 0; c < sum.length; c++) {
                sum[c] += seconds[c];
            }
        }
        return sum;
    }
}
