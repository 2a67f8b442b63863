// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.job.Reduction;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.MemoryModel;
import java.util.Optional;

/// What the replicas of a stage tell each other in a step, and which passes wait for it: one class for each way of
/// sharing the training state out.
///
/// Instructions are numbers of the stage's program; what is returned is the last one on the compute stream.
interface DataTraffic {
    /// The traffic of a job's replicas.
    ///
    /// @param outer what an outer step computes, in such a step of replicas that learn by themselves
    static DataTraffic of(TrainingJob job, StagePasses passes, DataCalls calls, Optional<LocalReplicas.Outer> outer) {
        if (job.strategy().grid().copies() == 1 && job.strategy().expertReplicas() == 1) {
            return new NoDataTraffic(passes);
        }
        return job.training().localSteps().isLocal()
                ? new LocalReplicas(passes, calls, withinGroup(job, passes, calls), outer)
                : ofAll(job, passes, calls);
    }

    /// The traffic of an evaluation: parameters that are shared out are gathered.
    static DataTraffic ofEvaluation(TrainingJob job, StagePasses passes, DataCalls calls) {
        return withinGroup(job, passes, calls);
    }

    private static DataTraffic withinGroup(TrainingJob job, StagePasses passes, DataCalls calls) {
        boolean shares =
                job.strategy().sharding().sharesParameters() && job.strategy().shards() > 1;
        return shares ? sharedParameters(job, passes, calls) : new NoDataTraffic(passes);
    }

    private static DataTraffic ofAll(TrainingJob job, StagePasses passes, DataCalls calls) {
        boolean each = job.training().reduction() == Reduction.EACH_MICRO_BATCH;
        return switch (job.strategy().sharding()) {
            case NONE -> new ReducedGradients(passes, calls, CollectiveKind.ALL_REDUCE, each);
            case OPTIMIZER -> new ShardedOptimizer(passes, calls, each);
            case GRADIENTS -> new ShardedOptimizer(passes, calls, true);
            case PARAMETERS ->
                job.strategy().shards() == 1
                        ? new ReducedGradients(passes, calls, CollectiveKind.ALL_REDUCE, each)
                        : sharedParameters(job, passes, calls);
        };
    }

    private static DataTraffic sharedParameters(TrainingJob job, StagePasses passes, DataCalls calls) {
        boolean last = job.training().reduction() == Reduction.LAST_MICRO_BATCH;
        return new ShardedParameters(passes, calls, job.strategy().parameterSharding(), MemoryModel.of(job), last);
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
