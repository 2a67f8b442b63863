// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StagePartitionTest {
    @Test
    void chunksTakeEveryStagesThBlock() {
        var partition = new StagePartition(96, 8, 3, false);
        assertEquals(4, partition.layers(5, 1));
        assertEquals((8 + 5) * 4, partition.firstLayer(5, 1));
        assertEquals(12, partition.layers(5));
        assertTrue(partition.isEven());
        assertTrue(partition.hasEmbedding(0, 0));
        assertFalse(partition.hasEmbedding(0, 1));
        assertTrue(partition.hasHead(7, 2));
        assertFalse(partition.hasHead(7, 1));
    }

    /// BLOOM: 70 layers, embedding and head over 12 stages of 6 places.
    @Test
    void embeddingAndHeadFillAPlaceEach() {
        var partition = new StagePartition(70, 12, 1, true);
        assertTrue(partition.isEven());
        assertEquals(5, partition.layers(0));
        assertEquals(6, partition.layers(1));
        assertEquals(6, partition.layers(10));
        assertEquals(5, partition.layers(11));
    }

    @Test
    void oneStageHoldsEverything() {
        var partition = new StagePartition(24, 1, 1, true);
        assertEquals(24, partition.layers(0));
        assertTrue(partition.hasEmbedding(0) && partition.hasHead(0));
    }

    @Test
    void earliestBlocksTakeTheRest() {
        var partition = new StagePartition(10, 4, 1, false);
        assertEquals(3, partition.layers(0));
        assertEquals(3, partition.layers(1));
        assertEquals(2, partition.layers(2));
        assertEquals(2, partition.layers(3));
        assertFalse(partition.isEven());
    }

    @Test
    void moreBlocksThanLayersAreRejected() {
        assertNotNull(StagePartition.problemWith(8, 8, 2, false));
        assertThrows(IllegalArgumentException.class, () -> new StagePartition(8, 8, 2, false));
        assertThrows(IllegalArgumentException.class, () -> new StagePartition(8, 4, 1, false).layers(4, 0));
    }

    /// Folded, the first stage begins the model and ends it.
    @Test
    void foldedChunksTurnRoundOnTheirStage() {
        var partition = new StagePartition(16, 4, 2, false, BlockPlacement.FOLDED, List.of());
        assertEquals(4, partition.firstLayer(2, 0));
        assertEquals(10, partition.firstLayer(2, 1));
        assertTrue(partition.hasEmbedding(0, 0) && partition.hasHead(0, 1) && partition.hasHead(0));
        assertFalse(partition.partsEmbeddingFromHead());
        assertTrue(partition.receivesActivations(3, 0));
        assertFalse(partition.sendsActivations(3, 0));
        assertFalse(partition.receivesActivations(3, 1));
        assertTrue(partition.sendsActivations(3, 1));
    }

    @Test
    void blocksHoldWhatTheListSays() {
        var partition = new StagePartition(10, 2, 2, false, BlockPlacement.LOOPED, List.of(0, 4, 5, 1));
        assertEquals(0, partition.layers(0, 0));
        assertEquals(5, partition.layers(0));
        assertEquals(9, partition.firstLayer(1, 1));
        assertFalse(partition.isEven());
        assertEquals(
                "must have 4 entries, one for each chunk of each stage, not 2",
                StagePartition.problemWithBlocks(10, 2, 2, List.of(5, 5)));
        assertEquals(
                "must add up to the 10 layers, not to 9", StagePartition.problemWithBlocks(10, 2, 1, List.of(4, 5)));
        assertEquals(
                "must give block 1 at least 1 layer, not 0",
                StagePartition.problemWithBlocks(9, 3, 1, List.of(4, 0, 5)));
    }

    @RepeatedTest(100)
    void blocksCoverTheLayersOnce(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        int stages = random.nextInt(1, 17);
        int chunks = random.nextInt(1, 5);
        var partition =
                new StagePartition(stages * chunks + random.nextInt(0, 100), stages, chunks, random.nextBoolean());
        int next = 0;
        for (int block = 0; block < partition.blocks(); block++) {
            int stage = block % stages;
            int chunk = block / stages;
            assertEquals(next, partition.firstLayer(stage, chunk), partition::toString);
            next += partition.layers(stage, chunk);
        }
        assertEquals(partition.layers(), next, partition::toString);
    }
}
