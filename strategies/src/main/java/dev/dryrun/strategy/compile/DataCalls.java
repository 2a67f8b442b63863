// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.sim.program.Call;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.model.Adapters;
import dev.dryrun.strategy.model.RankParameters;

/// Writes the collectives of data parallelism, which all go one after the other on a stream of their own.
final class DataCalls {
    private static final double FLAG_BYTES = 4;
    private static final double OUTER_BYTES = 4;

    private final TrainingJob job;
    private final TransferTable transfers;
    private final ProgramBuilder program;
    private final long hostNanos;
    private int last = Program.NONE;

    DataCalls(TrainingJob job, TransferTable transfers, ProgramBuilder program) {
        this.job = job;
        this.transfers = transfers;
        this.program = program;
        hostNanos = SimTime.toNanos(job.stack().hostSecondsPerKernel());
    }

    /// Gathers the values of so many parameters from the replicas that share them.
    int gatherShares(RankParameters parameters, int after, double slowdown) {
        return calls(
                shardSlot(),
                CollectiveKind.ALL_GATHER,
                inSixteenBits(parameters),
                parameterBytes(),
                after,
                "gather parameters",
                slowdown);
    }

    /// Frozen parameters in 4 bits count as fewer.
    private RankParameters inSixteenBits(RankParameters parameters) {
        if (!job.model().adapters().fourBits()) {
            return parameters;
        }
        double share = Adapters.FOUR_BIT_BYTES / parameterBytes();
        RankParameters trained = parameters.trained();
        return new RankParameters(
                trained.dense() + share * parameters.frozenDense(),
                trained.experts() + share * parameters.frozenExperts());
    }

    /// Sums the gradients of so many parameters and leaves each replica its share; with several copies, the shares are
    /// summed over them as well.
    int reduceShares(RankParameters parameters, int after, double slowdown) {
        int reduced = calls(
                shardSlot(),
                CollectiveKind.REDUCE_SCATTER,
                parameters.trained(),
                gradientBytes(),
                after,
                "reduce gradients",
                slowdown);
        return job.strategy().isHybrid() && !job.training().localSteps().isLocal()
                ? call(
                        Layout.COPIES,
                        CollectiveKind.ALL_REDUCE,
                        parameters.trained().total()
                                * gradientBytes()
                                / job.strategy().shards(),
                        reduced,
                        "sum gradients of copies",
                        slowdown)
                : reduced;
    }

    /// Gathers, in 16 bits, the gradients of so many parameters from the replicas that share them out.
    int gatherUpdates(double parameters, int after) {
        return call(shardSlot(), CollectiveKind.ALL_GATHER, 2 * parameters, after, "gather gradients", 0);
    }

    /// Averages the changes of so many parameters, in fp32, over replicas or over the groups that share copies.
    int averageParameters(double parameters, int after) {
        return call(
                job.strategy().isHybrid() ? Layout.COPIES : Layout.DATA,
                CollectiveKind.ALL_REDUCE,
                OUTER_BYTES * parameters / job.strategy().shards(),
                after,
                "average parameters",
                0);
    }

    private int shardSlot() {
        return job.strategy().isHybrid() ? Layout.SHARD : Layout.DATA;
    }

    /// Gathers the values of so many parameters from all replicas.
    ///
    /// @param slowdown share of their speed that kernels lose meanwhile
    int gather(RankParameters parameters, int after, double slowdown) {
        return calls(
                Layout.DATA,
                CollectiveKind.ALL_GATHER,
                parameters,
                parameterBytes(),
                after,
                "gather parameters",
                slowdown);
    }

    /// Sums the gradients of so many parameters over all replicas.
    ///
    /// @param kind whether each replica gets all sums or its share of them
    int reduce(CollectiveKind kind, RankParameters parameters, int after, double slowdown) {
        return calls(Layout.DATA, kind, parameters.trained(), gradientBytes(), after, "reduce gradients", slowdown);
    }

    /// A collective of the dense parameters over their replicas, and one of the experts over theirs where those are
    /// others.
    private int calls(
            int slot,
            CollectiveKind kind,
            RankParameters parameters,
            double bytesEach,
            int after,
            String name,
            double slowdown) {
        if (!job.strategy().dealsOutExperts()) {
            return call(slot, kind, parameters.total() * bytesEach, after, name, slowdown);
        }
        int last = after;
        if (parameters.dense() > 0) {
            last = call(slot, kind, parameters.dense() * bytesEach, after, name, slowdown);
        }
        if (parameters.experts() > 0 && job.strategy().expertReplicas() > 1) {
            last = call(
                    Layout.EXPERT_DATA, kind, parameters.experts() * bytesEach, last, name + " of experts", slowdown);
        }
        return last;
    }

    /// Tells all replicas whether one of them found an overflow in its share of the gradients.
    int sumOfOverflows(int after) {
        return call(Layout.DATA, CollectiveKind.ALL_REDUCE, FLAG_BYTES, after, "overflow of all", 0);
    }

    /// Sums the gradients of so many parameters over the first and the last stage, which both hold them.
    int sumOfEmbedding(double parameters, int after) {
        return call(
                Layout.EMBEDDING,
                CollectiveKind.ALL_REDUCE,
                parameters * gradientBytes(),
                after,
                "sum of embedding gradients",
                0);
    }

    private int call(int slot, CollectiveKind kind, double bytes, int after, String name, double slowdown) {
        Call call = new Call(
                slot,
                transfers.numberOf(kind, bytes),
                Category.DATA_COMM.ordinal(),
                Category.IMBALANCE.ordinal(),
                hostNanos,
                slowdown);
        last = program.call(Streams.DATA, call, after, name, Program.NONE);
        return last;
    }

    /// The last that was written, or `Program.NONE`.
    int last() {
        return last;
    }

    Stack stack() {
        return job.stack();
    }

    private double gradientBytes() {
        int reduced = job.training().numerics().reductionBytes();
        return reduced > 0
                ? reduced
                : job.stack().gradients().format().bytes(job.training().precision());
    }

    private double parameterBytes() {
        return Math.max(2, job.training().precision().bytes());
    }
}
