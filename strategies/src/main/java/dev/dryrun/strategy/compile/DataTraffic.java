// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.MemoryModel;

/// What the replicas of a stage tell each other in a step, and which passes wait for it: one class for each way of
/// sharing the training state out.
///
/// Instructions are numbers of the stage's program; what is returned is the last one on the compute stream.
interface DataTraffic {
    /// The traffic of a job's replicas.
    static DataTraffic of(TrainingJob job, StagePasses passes, DataCalls calls) {
        if (job.strategy().grid().copies() == 1 && job.strategy().expertReplicas() == 1) {
            return new NoDataTraffic(passes);
        }
        return switch (job.strategy().sharding()) {
            case NONE -> new ReducedGradients(passes, calls);
            case OPTIMIZER -> new ShardedOptimizer(passes, calls, false);
            case GRADIENTS -> new ShardedOptimizer(passes, calls, true);
            case PARAMETERS ->
                job.strategy().shards() == 1
                        ? new ReducedGradients(passes, calls)
                        : new ShardedParameters(passes, calls, job.strategy().parameterSharding(), MemoryModel.of(job));
        };
    }

    /// Traffic ahead of the first pass.
    void begin();

    /// Writes a pass of the schedule with the traffic that belongs to it.
    ///
    /// @param pass as the schedule codes it
    /// @param after instruction that must be done before, or `Program.NONE`
    int write(int pass, int after);

    /// Traffic between the last pass and the optimizer, which waits for it.
    ///
    /// @param last instruction of the passes
    int endPasses(int last);

    /// Traffic after the optimizer, which the step waits for.
    ///
    /// @param last instruction of the optimizer
    int endStep(int last);
}
