// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rules that the class states, one by one.
class StartingStrategyTest {
    private static TrainingJob job(String model, String node, int nodes, int sequenceLength, int globalBatch) {
        String text = """
            model: %s
            cluster: {node: %s, nodes: %d}
            training: {sequence_length: %d, global_batch: %d, precision: bf16}
            strategy: {data: 1}
            """.formatted(model, node, nodes, sequenceLength, globalBatch);
        return new ScenarioReader(new Catalog(List.of())).read("job", text).job();
    }

    private static ParallelStrategy chosen(TrainingJob job) {
        StartingStrategy.Choice choice =
                new StartingStrategy(job, GivenStrategy.NOTHING).choose().orElseThrow();
        assertEquals(MemoryUse.Verdict.FITS, choice.memory().verdict());
        assertEquals(choice.memory(), new MemoryCheck(job).of(choice.strategy()));
        return choice.strategy();
    }

    @Test
    void aSmallModelIsDataParallelOnly() {
        ParallelStrategy strategy = chosen(job("gpt3-125m", "dgx-a100-80gb", 1, 2048, 512));
        assertEquals(List.of(1, 1, 8), List.of(strategy.tensor(), strategy.stages(), strategy.data()));
        assertEquals(Sharding.OPTIMIZER, strategy.sharding());
        assertEquals(Recompute.NONE, strategy.recompute().kind());
        assertTrue(strategy.microBatch() > 1, "a larger micro-batch fits");
    }

    /// 175 billion parameters, 6 bytes each of weights and fp32 gradients: 16 GPUs have 61 GiB of them each and room
    /// for inputs of layers only, 32 have 31 GiB and room for all activations.
    @Test
    void aLargeModelTakesANodesTensorGroupAndTheFewestStages() {
        TrainingJob job = job("gpt3-175b", "dgx-a100-80gb", 128, 2048, 1536);
        ParallelStrategy strategy = chosen(job);
        assertEquals(List.of(8, 4, 32), List.of(strategy.tensor(), strategy.stages(), strategy.data()));
        assertEquals(1024, strategy.ranks());
        assertTrue(strategy.sequenceParallel());
        assertEquals(Recompute.NONE, strategy.recompute().kind());
        assertEquals("interleaved-1f1b", strategy.schedule());
        assertEquals(4, strategy.chunks());
        var memory = new MemoryCheck(job);
        for (Split split : Split.of(job, OptionalInt.empty(), OptionalInt.empty())) {
            if (split.size() < 32) {
                assertTrue(!memory.fits(like(strategy, split, Recompute.SELECTIVE)), split + " is smaller and fits");
            }
        }
    }

    private static ParallelStrategy like(ParallelStrategy strategy, Split split, Recompute recompute) {
        return new ParallelStrategy(
                RankGrid.of(split.tensor(), split.stages(), split.data()),
                split.tensor() > 1,
                "1f1b",
                1,
                split.embeddingSlots(),
                strategy.sharding(),
                1,
                recompute);
    }

    /// 126 layers, embedding and head make 128 places.
    @Test
    void layersThatDoNotDivideGiveEmbeddingAndHeadAPlace() {
        Optional<Split> sixteen =
                Split.of(job("llama3.1-405b", "dgx-h100", 16, 8192, 64), OptionalInt.of(8), OptionalInt.of(16)).stream()
                        .findFirst();
        assertEquals(Optional.of(new Split(8, 16, true, 1)), sixteen);
    }

    @Test
    void splitsOfEqualSizeBeginWithTheLargerTensorGroupAndStayInsideTheNode() {
        List<Split> splits =
                Split.of(job("gpt3-1.3b", "dgx-a100-80gb", 2, 2048, 64), OptionalInt.empty(), OptionalInt.empty());
        assertEquals(new Split(1, 1, false, 16), splits.getFirst());
        for (int i = 1; i < splits.size(); i++) {
            Split before = splits.get(i - 1);
            Split split = splits.get(i);
            assertTrue(
                    before.size() < split.size() || (before.size() == split.size() && before.tensor() > split.tensor()),
                    before + " before " + split);
        }
        assertTrue(splits.stream().allMatch(split -> split.tensor() <= 8 && split.size() * split.data() == 16));
    }

    /// One layer of three heads is shared by one GPU or by none of a node of 8, so a replica is one GPU; 3 sequences
    /// are for 3 replicas.
    @Test
    void whereReplicasCannotFillTheClusterTheyAreAsManyAsTheBatchAllows() {
        TrainingJob job = job("{family: gpt, layers: 1, hidden: 768, heads: 3}", "dgx-a100-80gb", 1, 2048, 3);
        List<Split> splits = Split.of(job, OptionalInt.empty(), OptionalInt.empty());
        assertEquals(List.of(new Split(1, 1, false, 3)), splits);
    }

    @ParameterizedTest
    @CsvSource({"megatron-1t, dgx-a100-40gb, 1", "gpt3-175b, dgx-a100-80gb, 1"})
    void whatFitsNowhereSaysSo(String model, String node, int nodes) {
        var strategy = new StartingStrategy(job(model, node, nodes, 2048, 64), GivenStrategy.NOTHING);
        assertEquals(Optional.empty(), strategy.choose());
        MemoryCheck.Closest closest = strategy.closest().orElseThrow();
        assertTrue(closest.bytes() > closest.capacityBytes());
        assertEquals(8, closest.strategy().tensor() * closest.strategy().stages(), "the whole cluster for one replica");
    }

    @Test
    void whatIsGivenIsKept() {
        var given = new GivenStrategy(
                OptionalInt.of(4), OptionalInt.of(2), OptionalLong.of(2), Optional.of(Recompute.FULL));
        ParallelStrategy strategy = new StartingStrategy(job("gpt3-1.3b", "dgx-a100-80gb", 2, 2048, 64), given)
                .choose()
                .orElseThrow()
                .strategy();
        assertEquals(4, strategy.tensor());
        assertEquals(2, strategy.stages());
        assertEquals(2, strategy.microBatch());
        assertEquals(Recompute.FULL, strategy.recompute().kind());
        assertEquals(2, strategy.data());
    }

    /// A pipeline keeps eight micro-batches for each stage: 64 / 2 replicas = 32 a replica, 2 stages.
    @Test
    void theMicroBatchGrowsOnlyWhileThePipelineKeepsItsBubbleSmall() {
        var given = new GivenStrategy(
                OptionalInt.of(4), OptionalInt.of(2), OptionalLong.empty(), Optional.of(Recompute.FULL));
        ParallelStrategy strategy = new StartingStrategy(job("gpt3-1.3b", "dgx-a100-80gb", 2, 2048, 64), given)
                .choose()
                .orElseThrow()
                .strategy();
        assertEquals(2, strategy.microBatch());
        assertEquals(16, strategy.microBatches(64));
    }
}
