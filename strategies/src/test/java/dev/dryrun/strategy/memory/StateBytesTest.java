// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.Sharding;
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
