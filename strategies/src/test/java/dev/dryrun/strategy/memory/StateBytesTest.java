// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Numerics;
import dev.dryrun.strategy.job.Offload;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Scaling;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.LayerCut;
import dev.dryrun.strategy.model.Models;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StateBytesTest {
    /// arXiv:1910.02054, figure 1: 7.5 billion parameters take 120 GB, with the optimizer state shared by 64 replicas
    /// 4P + 12P/64 = 31.4 GB.
    @Test
    void zero1MatchesThePaper() {
        StateBytes alone = StateBytes.of(7.5e9, Precision.FP16, Optimizer.ADAM, 1, Stacks.ZERO_PAPER);
        assertEquals(120e9, alone.total(), 1);
        StateBytes shared = StateBytes.of(7.5e9, Precision.FP16, Optimizer.ADAM, 64, Stacks.ZERO_PAPER);
        assertEquals(31.4e9, shared.total(), 0.05e9);
        assertEquals(4 * 7.5e9 + 12 * 7.5e9 / 64, shared.total(), 1);
    }

    /// arXiv:1910.02054, figure 1: on 64 replicas gradients and parameters shared out leave 16.6 and 1.9 GB.
    @Test
    void zero2And3MatchThePaper() {
        StateBytes gradients = zero(Sharding.GRADIENTS);
        assertEquals(16.6e9, gradients.total(), 0.05e9);
        assertEquals(2 * 7.5e9 + 14 * 7.5e9 / 64, gradients.total(), 1);
        StateBytes parameters = zero(Sharding.PARAMETERS);
        assertEquals(1.9e9, parameters.total(), 0.05e9);
        assertEquals((4 + 12) * 7.5e9 / 64, parameters.total(), 1);
    }

    /// With the optimizer on the host and gradients that leave as they are made, the device keeps 2 of 16 bytes a
    /// parameter. Source: Ren et al., 2021, arXiv:2101.06840, section 3.
    @Test
    void offloadLeavesAnEighthOnTheDevice() {
        var model = Models.llama(12, 1024, 8, 8, 4096, 32_000);
        double parameters = new ParameterCounts(model, LayerCut.NONE).all().total();
        var training = new Training(2048, 8, Precision.FP16, Optimizer.ADAM, OptionalDouble.empty());
        var strategy = new ParallelStrategy(
                RankGrid.of(1, 1, 1), false, "1f1b", 1, false, Sharding.GRADIENTS, 8, Recompute.NONE);
        var host = strategy.with(new Offload(Offload.Place.HOST, 0, 0, 1e9));
        assertEquals(
                16 * parameters,
                new MemoryModel(model, training, strategy, Stacks.ZERO_PAPER)
                        .states(0)
                        .total());
        assertEquals(
                2 * parameters,
                new MemoryModel(model, training, host, Stacks.ZERO_PAPER)
                        .states(0)
                        .total());
    }

    /// Weights, gradients and moments of 2 bytes: 8 a parameter, and as many shared as not but for the moments.
    @Test
    void withoutMasterWeightsAllIsOfTwoBytes() {
        var model = Models.llama(12, 1024, 8, 8, 4096, 32_000);
        double parameters = new ParameterCounts(model, LayerCut.NONE).all().total();
        var usual = new Training(2048, 8, Precision.BF16, Optimizer.ADAM, OptionalDouble.empty());
        var training = usual.with(Precision.BF16, new Numerics(Scaling.DELAYED, false, false, 0));
        for (int data : new int[] {1, 4}) {
            var strategy = new ParallelStrategy(
                    RankGrid.of(1, 1, data), false, "1f1b", 1, false, Sharding.OPTIMIZER, 1, Recompute.NONE);
            double bytes = 4 + 4.0 / data;
            assertEquals(
                    bytes * parameters,
                    new MemoryModel(model, training, strategy, Stacks.ZERO_PAPER)
                            .states(0)
                            .total());
        }
    }

    /// PyTorch's FSDP keeps shares in fp32 alone: parameters, gradients and two moments of 4 bytes.
    @Test
    void sharesInFp32TakeSixteenBytes() {
        var rules = new MemoryRules(2, 0, 4, true, 12, false, 0, 1, 0, true, 0);
        assertEquals(
                2,
                StateBytes.of(1, Precision.BF16, Optimizer.ADAM, Sharding.PARAMETERS, 8, rules)
                        .total());
    }

    private static StateBytes zero(Sharding sharding) {
        return StateBytes.of(7.5e9, Precision.FP16, Optimizer.ADAM, sharding, 64, Stacks.ZERO_PAPER);
    }

    /// Megatron's distributed optimizer with fp32 gradients: 6 + 12/d bytes per parameter; without it 18.
    @Test
    void fp32GradientsTakeFourBytes() {
        assertEquals(18, perParameter(Precision.BF16, Optimizer.ADAM, 1, Stacks.TRANSFORMER_ENGINE));
        assertEquals(7.5, perParameter(Precision.BF16, Optimizer.ADAM, 8, Stacks.TRANSFORMER_ENGINE));
    }

    /// fp16 gradients whose optimizer converts them: 4 + 16/d; bf16 with both gradients: 8 + 12/d.
    @Test
    void gradientCopiesAreCounted() {
        assertEquals(4 + 16 / 8.0, perParameter(Precision.FP16, Optimizer.ADAM, 8, Stacks.DEEPSPEED_FP16));
        assertEquals(8 + 12 / 8.0, perParameter(Precision.BF16, Optimizer.ADAM, 8, Stacks.DEEPSPEED_BF16));
    }

    @Test
    void fp32HasNoMasterCopy() {
        assertEquals(16, perParameter(Precision.FP32, Optimizer.ADAM, 1, Stacks.ZERO_PAPER));
        assertEquals(12, perParameter(Precision.TF32, Optimizer.MOMENTUM, 1, Stacks.ZERO_PAPER));
        assertEquals(8, perParameter(Precision.FP32, Optimizer.SGD, 1, Stacks.ZERO_PAPER));
    }

    private static double perParameter(Precision precision, Optimizer optimizer, int shards, MemoryRules rules) {
        return StateBytes.of(1, precision, optimizer, shards, rules).total();
    }
}
