// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.sim.program.StepExecutor;
import dev.dryrun.sim.program.StepOutcome;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.symmetry.Fold;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Recompute;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StepCompilerTest {
    @Test
    void look() {
        Object[][] rows = {
            {48, 6144, 64, 8, 1, 1, 4, 4, Recompute.FULL, false, 1.42},
            {48, 6144, 64, 8, 1, 1, 4, 4, Recompute.SELECTIVE, true, 1.1},
            {96, 12288, 96, 8, 8, 3, 1, 64, Recompute.FULL, false, 18.13},
            {96, 12288, 96, 8, 8, 3, 1, 64, Recompute.SELECTIVE, true, 13.75},
            {105, 20480, 128, 8, 35, 3, 1, 280, Recompute.FULL, false, 49.05},
            {105, 20480, 128, 8, 35, 3, 1, 280, Recompute.SELECTIVE, true, 37.83},
            {128, 25600, 160, 8, 64, 1, 1, 512, Recompute.FULL, false, 94.42},
            {128, 25600, 160, 8, 64, 1, 1, 512, Recompute.SELECTIVE, true, 71.49}
        };
        for (Object[] r : rows) {
            int v = (int) r[5];
            TrainingJob job = Jobs.a100(
                    Jobs.gpt((int) r[0], (int) r[1], (int) r[2]),
                    (int) r[7],
                    new ParallelStrategy(
                            (int) r[3],
                            (boolean) r[9],
                            (int) r[4],
                            v > 1 ? "interleaved-1f1b" : "1f1b",
                            v,
                            false,
                            1,
                            Sharding.NONE,
                            (int) r[6],
                            (Recompute) r[8]),
                    "megatron-2022",
                    "selene");
            for (Detail detail : Detail.values()) {
                long t0 = System.nanoTime();
                StepPlan plan = new StepCompiler(job, detail).compile();
                StepPlan folded = Fold.of(plan);
                long t1 = System.nanoTime();
                StepOutcome outcome = StepExecutor.execute(folded);
                long t2 = System.nanoTime();
                double step = outcome.stepNanos() * 1e-9;
                System.out.printf(
                        "%-6s members %d step %.3f measured %.2f error %+.1f %% compile %d ms run %d ms events %d%n",
                        detail, folded.members(), step, r[10], (step / (double) r[10] - 1) * 100, (t1 - t0) / 1000000,
                        (t2 - t1) / 1000000, outcome.events());
                if (detail == Detail.CHUNK) {
                    double[] mean = new double[Category.values().length];
                    for (int m = 0; m < folded.members(); m++)
                        for (int c = 0; c < mean.length; c++)
                            mean[c] += outcome.exposedNanos()[m][c] * 1e-9 * folded.ranksOf()[m] / folded.ranks();
                    for (Category c : Category.values())
                        if (mean[c.ordinal()] > 0) System.out.printf("   %s %.3f", c.key(), mean[c.ordinal()]);
                    System.out.println();
                }
                outcome.deadlock().ifPresent(d -> System.out.println(d.toString().lines().limit(6).toList()));
            }
        }
    }
}
