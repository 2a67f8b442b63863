// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.strategy.job.Optimizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainingStatesTest {
    private static final TrainingStates MIXED_ADAM = new TrainingStates(TrainingFormat.FP16, Optimizer.ADAM, false);

    /// arXiv:1910.02054, figure 1: 7.5 billion parameters on 64 GPUs; half of the last digit.
    @ParameterizedTest
    @CsvSource({"ZERO_0, 120, 0.5", "ZERO_1, 31.4, 0.05", "ZERO_2, 16.6, 0.05", "ZERO_3, 1.9, 0.05"})
    void zeroMatchesThePaper(ZeroStage stage, double gigabytes, double halfDigit) {
        assertEquals(gigabytes, stage.share(MIXED_ADAM.of(7.5e9), 64).total() / 1e9, halfDigit);
    }

    /// Bytes per parameter of the optimizer's state in mixed precision: Transformer Math 101. ZeRO's K is 12.
    @ParameterizedTest
    @CsvSource({"ADAM, 12", "ADAM_8BIT, 6", "MOMENTUM, 8", "SGD, 4"})
    void optimizersMatchTransformerMath(Optimizer optimizer, double bytes) {
        for (TrainingFormat format : new TrainingFormat[] {TrainingFormat.FP16, TrainingFormat.BF16}) {
            assertEquals(
                    bytes, new TrainingStates(format, optimizer, false).of(1).optimizer());
        }
    }

    /// Weights, gradients, optimizer: bytes of the formats, added up by hand.
    @ParameterizedTest
    @CsvSource({
        "BF16, ADAM, false, 16",
        "BF16, ADAM, true, 18",
        "FP32, ADAM, false, 16",
        "TF32, MOMENTUM, false, 12",
        "FP32, ADAM_8BIT, false, 10",
        "PURE_BF16, ADAM, false, 8",
        "PURE_BF16, ADAM_8BIT, false, 6",
        "PURE_BF16, MOMENTUM, true, 8",
        "PURE_BF16, SGD, false, 4",
    })
    void bytesOfAllStates(TrainingFormat format, Optimizer optimizer, boolean fp32Gradients, double bytes) {
        assertEquals(
                bytes,
                new TrainingStates(format, optimizer, fp32Gradients).of(1).total());
    }

    @ParameterizedTest
    @CsvSource({"ZERO_0", "ZERO_1", "ZERO_2", "ZERO_3"})
    void aLoneReplicaSharesNothing(ZeroStage stage) {
        assertEquals(MIXED_ADAM.of(7e9), stage.share(MIXED_ADAM.of(7e9), 1));
    }
}
