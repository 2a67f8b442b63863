// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParallelStrategyTest {
    private static final List<Integer> COUNTS = List.of(5, 3);

    private final ParallelStrategy uneven = new ParallelStrategy(
                    RankGrid.of(1, 1, 2), false, "1f1b", 1, false, Sharding.NONE, 1, Recompute.NONE)
            .withMicroBatches(COUNTS);

    /// What is computed again changes nothing else: back and forth is the same strategy.
    @Test
    void otherRecomputationLeavesTheRest() {
        ParallelStrategy other = uneven.with(RecomputeChoice.ofAll(Recompute.FULL));
        assertEquals(COUNTS, other.microBatchesOfReplicas());
        assertEquals(uneven, other.with(RecomputeChoice.ofAll(Recompute.NONE)));
    }

    /// Counts belong to replicas: on a grid with others, or with other micro-batches, all have as many.
    @Test
    void countsGoWithTheirReplicas() {
        assertEquals(COUNTS, uneven.with(RankGrid.of(2, 1, 2)).microBatchesOfReplicas());
        assertEquals(List.of(), uneven.with(RankGrid.of(1, 1, 4)).microBatchesOfReplicas());
        assertEquals(List.of(), uneven.withMicroBatch(2).microBatchesOfReplicas());
    }
}
