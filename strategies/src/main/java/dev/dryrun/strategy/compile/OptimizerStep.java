// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.RankParameters;
import dev.dryrun.strategy.model.WeightMatrices;
import dev.dryrun.strategy.model.WeightMatrices.Matrix;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.ArrayList;
import java.util.List;

/// The optimizer step of a rank of a stage.
///
/// The stack says what a step with fused Adam in fp32 moves for each parameter (`optimizer_bytes`); of another
/// optimizer its own kernel stands in place of Adam's:
///
///     fused    (b - 28 + f) P
///     unfused  (b - 28) P, then for each tensor the kernels of its update
///
/// b: bytes of the stack; f: bytes of the optimizer's own kernel ([UpdateTraffic]); P: parameters. What is left, b -
/// 28, is unscaling, the norm of gradients, clipping, copies and clearing; without master weights the copy into the
/// model's weights is spared. A replica's share of sharded state is one flat tensor, but where parameters are shared a
/// share of each tensor. Muon orthogonalises the matrices of layers besides ([Orthogonalisation]).
final class OptimizerStep {
    private static final double FUSED_ADAM_BYTES = 28;
    private static final double FLAG_BYTES = 4;
    private static final double CHANGE_BYTES = 12;
    private static final double OUTER_UPDATE_BYTES = 24;
    /// An fp32 weight read and a 16-bit one written.
    private static final double COPY_BYTES = 6;

    private final TrainingJob job;
    private final Training training;
    private final Accelerator accelerator;
    private final KernelModel kernels;
    private final MemoryModel memory;
    private final StagePartition partition;
    private final ParameterCounts counts;
    private final WeightMatrices matrices;
    private final UpdateTraffic traffic;

    /// @param accelerator on which it runs
    OptimizerStep(TrainingJob job, Accelerator accelerator, KernelModel kernels, MemoryModel memory) {
        this.job = job;
        this.accelerator = accelerator;
        training = job.training();
        this.kernels = kernels;
        this.memory = memory;
        partition = memory.partition();
        counts = memory.counts();
        matrices = new WeightMatrices(counts);
        traffic = new UpdateTraffic(training);
    }

    /// Its kernels, with what its tensor group tells each other.
    PassWork work(int stage) {
        List<Op> ops = new ArrayList<>();
        Optimizer optimizer = training.optimizer();
        double own = training.fusedOptimizer() ? traffic.fusedBytes(optimizer, ofMatrices(stage)) : 0;
        ops.add(kernel("optimizer", bytes(own, stage)));
        if (!training.fusedOptimizer()) {
            addUnfused(ops, stage);
        }
        if (optimizer == Optimizer.MUON) {
            new Orthogonalisation(job, accelerator, kernels).addTo(ops, matrices.of(memory.blocks(stage)));
        }
        return new PassWork(List.of(PassWork.Part.end(ops)));
    }

    /// What a step does beside the optimizer's own update.
    PassWork aroundUpdate(int stage) {
        return single("optimizer", bytes(0, stage));
    }

    /// One of so many equal pieces of the optimizer's own update.
    PassWork update(int stage, int pieces) {
        return single("update", updateBytes(stage) / pieces);
    }

    /// Bytes of the optimizer's own update of a replica's share.
    double updateBytes(int stage) {
        return traffic.fusedBytes(training.optimizer(), ofMatrices(stage)) * share(stage);
    }

    /// Parameters that a replica updates.
    double share(int stage) {
        return memory.parameters(stage).trained().sharedBy(job.optimizerShards(), job.expertOptimizerShards());
    }

    /// The search for values beyond the format in scaled gradients, before they are used. Fused, it rides on their
    /// unscaling; else each gradient is read once more. A tensor group adds up what its ranks find.
    /// Source: Micikevicius et al., 2018, arXiv:1710.03740, section 3.2.
    PassWork overflowCheck(int stage) {
        List<Op> ops = new ArrayList<>();
        int gradientBytes = job.stack().gradients().format().bytes(training.precision());
        int shards =
                job.strategy().sharding().sharesOptimizer() ? job.strategy().shards() : 1;
        if (!training.fusedOptimizer()) {
            ops.add(kernel("overflow check", gradientBytes * parameters(stage) / shards));
        }
        if (job.strategy().tensor() > 1) {
            ops.add(new Op.Collective("overflow of group", CollectiveKind.ALL_REDUCE, FLAG_BYTES));
        }
        return new PassWork(List.of(PassWork.Part.end(ops)));
    }

    /// What an outer step computes: with a momentum, the changes since the last one (two copies read, one written) and
    /// the update (change and momentum read, momentum written, the outer copy read and written, the replica's written),
    /// in fp32; where weights are in 16 bits their copy is made once more.
    LocalReplicas.Outer outer(int stage) {
        double share = parameters(stage) / job.strategy().shards();
        boolean momentum = training.localSteps().outerMomentum();
        double copies = training.hasMasterWeights() ? COPY_BYTES : 0;
        return new LocalReplicas.Outer(
                single("outer gradients", momentum ? CHANGE_BYTES * share : 0),
                single("outer update", ((momentum ? OUTER_UPDATE_BYTES : 0) + copies) * share));
    }

    private PassWork single(String name, double bytes) {
        List<Op> ops = bytes > 0 ? List.of(kernel(name, bytes)) : List.of();
        return new PassWork(List.of(PassWork.Part.end(ops)));
    }

    /// Parameters whose gradients a replica needs whole to update its share of them.
    double gatheredParameters(int stage) {
        boolean gathers =
                training.optimizer() == Optimizer.MUON && job.strategy().shards() > 1;
        return gathers ? matrices.elements(memory.blocks(stage)) : 0;
    }

    private double parameters(int stage) {
        return memory.parameters(stage).trained().total();
    }

    private double ofMatrices(int stage) {
        double parameters = parameters(stage);
        return parameters == 0 ? 0 : matrices.elements(memory.blocks(stage)) / parameters;
    }

    /// Traffic of a rank.
    ///
    /// @param own bytes of the optimizer's own kernel for each parameter
    private double bytes(double own, int stage) {
        Stack stack = job.stack();
        RankParameters parameters = memory.parameters(stage).trained();
        double share = parameters.sharedBy(job.optimizerShards(), job.expertOptimizerShards());
        return switch (job.strategy().sharding()) {
            case NONE -> with(own, stack.optimizerReplicatedBytes()) * parameters.total();
            case OPTIMIZER ->
                with(own, stack.optimizerShardedBytes()) * share + stack.optimizerLocalBytes() * parameters.total();
            case GRADIENTS, PARAMETERS ->
                (with(own, stack.optimizerShardedBytes()) + stack.optimizerLocalBytes()) * share;
        };
    }

    private double with(double own, double ofStack) {
        boolean copies = !training.precision().isMixed() || training.hasMasterWeights();
        return Math.max(0, ofStack - FUSED_ADAM_BYTES - (copies ? 0 : COPY_BYTES)) + own;
    }

    private void addUnfused(List<Op> ops, int stage) {
        double parameters = parameters(stage);
        int shards = job.strategy().shards();
        boolean flat = job.strategy().sharding().sharesOptimizer()
                && !job.strategy().sharding().sharesParameters();
        if (flat) {
            double inMatrices = ofMatrices(stage) * parameters;
            addTensor(ops, inMatrices / shards, true);
            addTensor(ops, (parameters - inMatrices) / shards, false);
            return;
        }
        for (int group : memory.blocks(stage)) {
            matrices.block(group).forEach(matrix -> addTensor(ops, matrix.elements() / shards, true));
            matrices.blockVectors(group).forEach(elements -> addTensor(ops, (double) elements / shards, false));
        }
        for (Matrix matrix : matrices.ends(partition.hasEmbedding(stage), partition.hasHead(stage))) {
            addTensor(ops, matrix.elements() / shards, false);
        }
        if (partition.hasHead(stage) && !counts.freezes()) {
            addTensor(ops, (double) counts.finalNorm() / shards, false);
        }
    }

    private void addTensor(List<Op> ops, double elements, boolean matrix) {
        for (UpdateTraffic.Pass pass : traffic.passes(training.optimizer(), matrix)) {
            ops.add(kernel(pass.name(), elements * pass.bytes()));
        }
    }

    private Op.Kernel kernel(String name, double bytes) {
        return new Op.Kernel(name, kernels.bytesSeconds(bytes), Category.OPTIMIZER);
    }
}
