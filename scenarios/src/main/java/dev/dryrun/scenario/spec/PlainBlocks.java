// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Training;
import java.util.Map;

/// Blocks of a scenario with everything filled in, as plain maps, lists and values that read as the same again.
public final class PlainBlocks {
    private PlainBlocks() {}

    /// The block `training`.
    public static Map<String, Object> training(Training training) {
        return TrainingReader.plain(training);
    }

    /// The block `strategy`.
    public static Map<String, Object> strategy(ParallelStrategy strategy) {
        return StrategyBlock.plain(strategy);
    }
}
