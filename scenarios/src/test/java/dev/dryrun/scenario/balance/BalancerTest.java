// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class BalancerTest {
    private static final Catalog CATALOG = new Catalog(List.of());

    private static TrainingJob job(String cluster, int batch, String strategy) {
        return job(cluster, batch, strategy, "{extends: llama2-7b, vocabulary: 1024}");
    }

    private static TrainingJob job(String cluster, int batch, String strategy, String model) {
        return new ScenarioReader(CATALOG)
                .read("job.yaml", """
                    model: %s
                    cluster: %s
                    training: {sequence_length: 2048, global_batch: %d, precision: bf16}
                    strategy: %s
                    stack: te-2024
                    site: default
                    """.formatted(model, cluster, batch, strategy))
                .job();
    }

    /// With a vocabulary so small that embedding and head are less than a layer, the even split is the best one.
    @Test
    void equalMachinesHoldEqualShares() {
        TrainingJob job = job("{node: hgx-h100, nodes: 2}", 32, "{tensor: 4, pipeline: {stages: 4}, data: 1}");
        Balance balance = Balancer.balance(job);
        assertFalse(balance.hasChanged());
        assertEquals(
                List.of(8, 8, 8, 8),
                balance.stages().stream().map(Balance.Stage::layersAfter).toList());
    }

    /// What was uneven on equal machines becomes even.
    @Test
    void unevenLayersAreEvened() {
        TrainingJob job = job(
                "{node: hgx-h100, nodes: 2}",
                32,
                "{tensor: 4, pipeline: {stages: 4, layers_per_stage: [5, 9, 9, 9]}, data: 1}");
        Balance balance = Balancer.balance(job);
        assertTrue(balance.hasChanged());
        assertEquals(List.of(8, 8, 8, 8), balance.after().job().strategy().layersOfBlocks());
    }

    /// On two speeds the cut is that whose slower stage is quickest: moving a layer either way makes it slower.
    @Test
    void twoSpeedsEndTogether() {
        TrainingJob job = job(
                "{parts: [{node: dgx-a100-80gb, nodes: 1}, {node: hgx-h100, nodes: 1}]}",
                64,
                "{tensor: 8, pipeline: {stages: 2}, data: 1}");
        Balance balance = Balancer.balance(job);
        Balance.Stage slow = balance.stages().get(0);
        Balance.Stage quick = balance.stages().get(1);
        double ofSlow = slow.secondsAfter() / slow.layersAfter();
        double ofQuick = quick.secondsAfter() / quick.layersAfter();
        // Layers take a and b: L b / (a + b) of L are the slow one's, rounded, and embedding and head are of less than
        // a layer.
        assertEquals(32 * ofQuick / (ofSlow + ofQuick), slow.layersAfter(), 1);
        assertTrue(Math.abs(slow.secondsAfter() - quick.secondsAfter()) < ofSlow + ofQuick);
        assertTrue(balance.after().stepSeconds() < 0.8 * balance.before().stepSeconds());
    }

    /// Replicas of two speeds have micro-batches in proportion, and the step gets quicker by as much.
    @Test
    void unequalReplicasHaveUnequalMicroBatches() {
        TrainingJob job = job(
                "{parts: [{node: dgx-a100-80gb, nodes: 1}, {node: hgx-h100, nodes: 1}]}",
                64,
                "{tensor: 8, data: 2, sharding: optimizer}");
        Balance balance = Balancer.balance(job);
        List<Integer> counts = balance.after().job().strategy().microBatchesOfReplicas();
        assertEquals(64, counts.get(0) + counts.get(1));
        assertTrue(counts.get(0) < 28, counts.toString());
        assertTrue(balance.after().stepSeconds() < 0.9 * balance.before().stepSeconds());
    }

    /// The quick stage would end with the slow one only with more layers than its 40 GB hold: it holds as many as fit.
    @Test
    void memoryBounds() {
        TrainingJob job = job(
                "{parts: [{node: dgx-a100-40gb, nodes: 1}, {node: box-8x-l40s, nodes: 1}]}",
                16,
                "{tensor: 8, pipeline: {stages: 2}, data: 1, recompute: full}",
                "{extends: llama2-13b, layers: 80}");
        Balance balance = Balancer.balance(job);
        Balance.Stage quick = balance.stages().get(0);
        assertTrue(quick.layersAfter() > quick.layersBefore());
        assertTrue(quick.secondsAfter() < 0.9 * balance.stages().get(1).secondsAfter());
        assertTrue(balance.after().fits());
        var oneMore = List.of(quick.layersAfter() + 1, 80 - quick.layersAfter() - 1);
        assertFalse(Trial.of(job.with(job.cluster(), job.strategy().withLayers(oneMore)))
                .fits());
    }

    /// Never worse than what was given, nor than the even split.
    @RepeatedTest(12)
    void neverWorse(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        List<String> nodes = List.of("dgx-a100-80gb", "hgx-h100", "mi300x-platform", "dgx-b200");
        String parts = "{parts: [{node: %s, nodes: 1}, {node: %s, nodes: 1}]}"
                .formatted(nodes.get(random.nextInt(4)), nodes.get(random.nextInt(4)));
        int stages = 1 << random.nextInt(3);
        String order = random.nextBoolean() ? "" : ", order: [tensor, context, expert, pipeline, data]";
        TrainingJob even = job(
                parts,
                8 << random.nextInt(3),
                "{tensor: 4, pipeline: {stages: %d}, data: %d%s}".formatted(stages, 4 / stages, order));
        Balance balance = Balancer.balance(even);
        assertTrue(balance.after().stepSeconds() <= balance.before().stepSeconds());
        assertTrue(balance.after().fits() || !balance.before().fits());
        assertEquals(
                balance.after().stepSeconds(), Trial.of(balance.after().job()).stepSeconds());
    }
}
