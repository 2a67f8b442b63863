// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.simulate;

import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.strategy.compile.Category;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the time of a step goes to on the mean GPU, each instant once.
final class MeanBreakdown {
    private MeanBreakdown() {}

    /// Seconds by category, without those that take none.
    static Map<String, Double> seconds(StepPlan plan, StepOutcome outcome) {
        long[][] exposedNanos = outcome.exposedNanos();
        Map<String, Double> seconds = new LinkedHashMap<>();
        for (Category category : Category.values()) {
            double nanos = 0;
            for (int member = 0; member < plan.members(); member++) {
                nanos += (double) exposedNanos[member][category.ordinal()] * plan.ranksOf()[member];
            }
            if (nanos > 0) {
                seconds.put(category.key(), nanos / plan.ranks() / 1e9);
            }
        }
        return seconds;
    }
}
