// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.strategy.job.Numerics;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Scaling;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.WeightMatrices;
import dev.dryrun.strategy.model.WeightMatrices.Matrix;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerStepTest {
    private static final int LAYERS = 4;

    private static TrainingJob job(int tensor, int data, Sharding sharding, Optimizer optimizer, boolean fused) {
        var strategy = new ParallelStrategy(
                RankGrid.of(tensor, 1, data), false, "1f1b", 1, false, sharding, 1, Recompute.NONE);
        TrainingJob job = Jobs.a100(Jobs.gpt(LAYERS, 2048, 16), data, strategy, "megatron-2022", "default");
        return Jobs.trained(job, job.training().with(optimizer, fused));
    }

    private static List<Op> ops(TrainingJob job) {
        return step(job).work(0).parts().getFirst().ops();
    }

    private static OptimizerStep step(TrainingJob job) {
        return new OptimizerStep(job, job.accelerator(), new KernelModel(job.accelerator(), 1), MemoryModel.of(job));
    }

    /// Bytes that kernels move, told by their time.
    private static double bytes(TrainingJob job, List<Op> ops) {
        var kernels = new KernelModel(job.accelerator(), 1);
        double bytes = 0;
        for (Op op : ops) {
            double seconds = ((Op.Kernel) op).seconds() - kernels.launchGapSeconds();
            bytes += seconds * job.accelerator().streamBytesPerSecond();
        }
        return bytes;
    }

    private static double parameters(TrainingJob job) {
        return new ParameterCounts(job.model(), job.strategy().layerCut()).all().total();
    }

    /// Unscaling 8, norm 4, clipping 8, Adam 28, copies in and out 6 + 6, clearing 4: the 64 bytes of the stack. An
    /// optimizer with one moment reads and writes 8 less, one with none 16, one with two moments of a byte 12.
    @ParameterizedTest
    @CsvSource({"ADAM, 64", "ADAMW, 64", "MOMENTUM, 56", "LION, 56", "SGD, 48", "ADAM_8BIT, 52", "ADAFACTOR, 56"})
    void fusedBytesOfAParameter(Optimizer optimizer, double expected) {
        TrainingJob job = job(1, 1, Sharding.NONE, optimizer, true);
        List<Op> ops = ops(job);
        assertEquals(1, ops.size());
        assertEquals(expected, bytes(job, ops) / parameters(job), 1e-9 * expected);
    }

    /// Seven operations of Adam on each of the 12 tensors of a layer, embedding and final norm: the moments are read 6
    /// times and written 5, with roots and quotients kept between, 72 bytes in place of 28.
    @Test
    void unfusedAdamIsSevenKernelsForEachTensor() {
        TrainingJob job = job(1, 1, Sharding.NONE, Optimizer.ADAM, false);
        List<Op> ops = ops(job);
        assertEquals(1 + 7 * (12 * LAYERS + 2), ops.size());
        assertEquals(64 - 28 + 72, bytes(job, ops) / parameters(job), 1e-6);
        TrainingJob decayed = job(1, 1, Sharding.NONE, Optimizer.ADAMW, false);
        assertEquals(64 - 28 + 80, bytes(decayed, ops(decayed)) / parameters(job), 1e-6);
    }

    /// Weights, gradient and moments of 2 bytes are half of Adam's 28, and no copy of 6 is made.
    @Test
    void withoutMasterWeightsTheUpdateMovesHalf() {
        TrainingJob job = job(1, 1, Sharding.NONE, Optimizer.ADAM, true);
        Training pure = job.training().with(Precision.BF16, new Numerics(Scaling.DELAYED, false, false, 0));
        TrainingJob other = Jobs.trained(job, pure);
        assertEquals(64 - 28 - 6 + 14, bytes(other, ops(other)) / parameters(job), 1e-6);
    }

    /// Five iterations on m x n cost at most 5 m / B of the 6 n m B operations that a batch of B tokens takes, as much
    /// where the matrix is square. Source: Jordan et al., Muon, 2024, section on runtime.
    @Test
    void orthogonalisingCostsFiveTimesTheWidthOverTheBatch() {
        double batch = 1e6;
        for (Matrix matrix : List.of(
                new Matrix("square", 512, 512, true, 1, false), new Matrix("wide", 512, 4096, true, 1, false))) {
            double m = Math.min(matrix.rows(), matrix.columns());
            double share = Orthogonalisation.flops(matrix) / (6 * matrix.elements() * batch);
            double bound = 5 * m / batch;
            assertTrue(share <= bound * (1 + 1e-12), matrix.name());
            assertEquals(matrix.rows() == matrix.columns(), share > bound * (1 - 1e-12), matrix.name());
        }
    }

    /// Replicas that share the state deal out the 16 matrices; a tensor group gathers each whole, in 16 bits.
    @Test
    void matricesAreDealtOutAndGathered() {
        assertEquals(
                1 + 16 * 15, ops(job(1, 1, Sharding.NONE, Optimizer.MUON, true)).size());
        assertEquals(
                1 + 16 * 15, ops(job(1, 4, Sharding.NONE, Optimizer.MUON, true)).size());
        assertEquals(
                1 + 4 * 15,
                ops(job(1, 4, Sharding.OPTIMIZER, Optimizer.MUON, true)).size());
        assertEquals(
                1 + 15,
                ops(job(1, 32, Sharding.OPTIMIZER, Optimizer.MUON, true)).size());
        List<Op> split = ops(job(4, 1, Sharding.NONE, Optimizer.MUON, true));
        double gathered = 0;
        for (Op op : split) {
            gathered += op instanceof Op.Collective collective ? collective.bytes() : 0;
        }
        assertEquals(2.0 * LAYERS * 12 * 2048 * 2048, gathered);
    }

    /// With fp32 gradients and parameters, Muon's gather of 2 bytes comes to the 8 that AdamW moves: at most 1.25 as
    /// much. Source: Liu et al., 2025, arXiv:2502.16982, section 2.3.
    @Test
    void gatheringAddsAtMostAQuarterToTheTraffic() {
        TrainingJob job = job(1, 8, Sharding.OPTIMIZER, Optimizer.MUON, true);
        double gathered = 2 * step(job).gatheredParameters(0);
        double matrices =
                LAYERS * new WeightMatrices(new ParameterCounts(job.model(), LayerCut.NONE)).elements(List.of(0));
        assertEquals(2 * matrices, gathered);
        double overAdam = 1 + gathered / (8 * parameters(job));
        assertTrue(overAdam > 1 && overAdam <= 1.25, () -> "ratio " + overAdam);
        assertEquals(0, step(job(1, 8, Sharding.NONE, Optimizer.MUON, true)).gatheredParameters(0));
    }
}
