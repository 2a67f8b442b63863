// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.Training;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.model.Models;
import dev.dryrun.strategy.pipeline.GPipe;
import dev.dryrun.strategy.pipeline.InterleavedOneForwardOneBackward;
import dev.dryrun.strategy.pipeline.OneForwardOneBackward;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.ZeroBubbleH1;
import dev.dryrun.strategy.pipeline.ZeroBubbleH2;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StageMemoryTest {
    private static final Training GPT = new Training(2048, 64, Precision.FP16, Optimizer.ADAM, OptionalDouble.empty());

    /// arXiv:2205.05198, eq. 5: with tensor and sequence parallelism the first stage holds s b h L (34 + 5as/h)/t
    /// whatever the number of stages, times 1 + (p - 1)/(p v) when interleaved; plus the embedding's dropout masks,
    /// s b h p/t. Interleaved, two groups of p micro-batches are in the first chunk at the peak.
    @ParameterizedTest
    @CsvSource({"1f1b, 1", "interleaved-1f1b, 3"})
    void firstStageHoldsALayerTimesItsDepth(String name, int chunks) {
        PipelineSchedule schedule = chunks == 1 ? new OneForwardOneBackward() : new InterleavedOneForwardOneBackward();
        assertEquals(name, schedule.name());
        int stages = 8;
        int layers = 96;
        double tokensTimesHidden = 2048.0 * 12288;
        var strategy = new ParallelStrategy(
                RankGrid.of(8, stages, 1), true, name, chunks, false, Sharding.NONE, 1, Recompute.NONE);
        var model = new MemoryModel(Models.gpt(layers, 12288, 96, 51200, 2048), GPT, strategy, Stacks.ZERO_PAPER);
        StageMemory memory = Passes.memory(model, 0, schedule, 64);
        double perLayer = tokensTimesHidden * 114 / 8;
        double interleaving = chunks == 1 ? 1 : 1 + (stages - 1.0) / (stages * chunks);
        double masks = tokensTimesHidden / 8 * (chunks == 1 ? stages : 2 * stages);
        assertEquals(perLayer * layers * interleaving + masks, memory.activationBytes(), 1);
    }

    /// GPipe holds all micro-batches; 1F1B as many as stages follow.
    @Test
    void schedulesHoldTheirMicroBatches() {
        var strategy =
                new ParallelStrategy(RankGrid.of(1, 4, 1), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.FULL);
        var model = new MemoryModel(Models.gpt(8, 1024, 16, 51200, 2048), GPT, strategy, Stacks.ZERO_PAPER);
        double perMicroBatch = Passes.forward(model, 1, 0).netBytes();
        assertEquals(2 * 2.0 * 2048 * 1024, perMicroBatch);
        assertEquals(
                64 * perMicroBatch, Passes.memory(model, 1, new GPipe(), 64).activationBytes());
        assertEquals(
                3 * perMicroBatch,
                Passes.memory(model, 1, new OneForwardOneBackward(), 64).activationBytes());
        assertEquals(
                2 * perMicroBatch,
                Passes.memory(model, 1, new OneForwardOneBackward(), 2).activationBytes());
    }

    /// Stage i of ZB-H1 holds p - i micro-batches' activations and what the weight gradients of i more need, of ZB-H2
    /// 2 (p - i) - 1 and 2 i. Derivation: at the peak a forward pass has just ended; per layer and token the first hold
    /// 34 h + 5 a s, the second 32 h. Source: Qi et al., 2023, arXiv:2401.10241, section 2 and table 2.
    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void zeroBubbleSchedulesHoldActivationsAndWeightsShare(int stage) {
        var strategy =
                new ParallelStrategy(RankGrid.of(1, 6, 1), false, "zb-h1", 1, false, Sharding.NONE, 1, Recompute.NONE);
        var model = new MemoryModel(Models.gpt(12, 1024, 16, 51200, 2048), GPT, strategy, Stacks.ZERO_PAPER);
        double tokens = 2048;
        double activations = 2 * tokens * (34 * 1024 + 5 * 16 * tokens) + (stage == 0 ? tokens * 1024 : 0);
        double held = 2 * tokens * 32 * 1024;
        assertEquals(
                (6 - stage) * activations + stage * held,
                Passes.memory(model, stage, new ZeroBubbleH1(), 24).activationBytes(),
                1);
        assertEquals(
                (11 - 2 * stage) * activations + 2 * stage * held,
                Passes.memory(model, stage, new ZeroBubbleH2(), 24).activationBytes(),
                1);
    }

    /// A pass and its backward pass leave nothing behind, in one or in two.
    @Test
    void backwardFreesWhatForwardKept() {
        var strategy = new ParallelStrategy(
                RankGrid.of(2, 2, 1), true, "interleaved-1f1b", 2, true, Sharding.NONE, 3, Recompute.SELECTIVE);
        var model = new MemoryModel(Models.gpt(6, 1024, 16, 51200, 2048), GPT, strategy, Stacks.TRANSFORMER_ENGINE);
        for (int stage = 0; stage < 2; stage++) {
            for (int chunk = 0; chunk < 2; chunk++) {
                assertEquals(
                        0,
                        Passes.forward(model, stage, chunk).netBytes()
                                + Passes.backward(model, stage, chunk).netBytes());
                assertEquals(
                        Passes.backward(model, stage, chunk).netBytes(),
                        Passes.inputGradient(model, stage, chunk).netBytes()
                                + Passes.weightGradient(model, stage, chunk).netBytes());
                assertTrue(Passes.forward(model, stage, chunk).peakBytes()
                        >= Passes.forward(model, stage, chunk).netBytes());
            }
        }
    }

    /// Measured allocated peaks (GiB) of Llama-3 70B cut to 12 layers, 4,096 tokens, Megatron-Core with Transformer
    /// Engine on a B200 (SimuMax's table). The tolerance is what the account of kept tensors leaves over its ten
    /// layouts at most, 0.6 %.
    @ParameterizedTest
    @CsvSource({"1, 2, 4, 66.55", "2, 1, 4, 60.68", "4, 1, 2, 39.07", "8, 1, 1, 28.29"})
    void transformerEngineMatchesMeasuredPeaks(int tensor, int stages, int data, double measuredGibibytes) {
        var training = new Training(4096, 4L * data, Precision.BF16, Optimizer.ADAM, OptionalDouble.empty());
        var strategy = new ParallelStrategy(
                RankGrid.of(tensor, stages, data), tensor > 1, "1f1b", 1, false, Sharding.OPTIMIZER, 1, Recompute.NONE);
        var model = new MemoryModel(
                Models.llama(12, 8192, 64, 8, 28672, 128256), training, strategy, Stacks.TRANSFORMER_ENGINE);
        double peak = 0;
        for (int stage = 0; stage < stages; stage++) {
            peak = Math.max(
                    peak,
                    Passes.memory(model, stage, new OneForwardOneBackward(), 4).allocatedBytes());
        }
        assertEquals(measuredGibibytes, peak / 0x1p30, 0.006 * measuredGibibytes);
    }
}
