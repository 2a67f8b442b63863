// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class RankGridTest {
    private static final List<Dimension> STAGES_BEFORE_REPLICAS =
            List.of(Dimension.TENSOR, Dimension.CONTEXT, Dimension.EXPERT, Dimension.PIPELINE, Dimension.DATA);

    @Test
    void expertsFillTheRanksOfAStage() {
        RankGrid grid = RankGrid.of(4, 2, 8).withContext(2).withExperts(16, 1);
        assertEquals(128, grid.ranks());
        assertEquals(16, grid.copies());
        assertEquals(4, grid.expertData());
        var refusal = assertThrows(IllegalArgumentException.class, () -> grid.withExperts(24, 1));
        assertTrue(refusal.getMessage().contains("must divide the 64 ranks of a stage"), refusal.getMessage());
    }

    /// Megatron-Core refuses orders with stages not last unless replicas of experts are as many as others; stages would
    /// be other ranks for experts.
    @Test
    void stagesAreTheSameRanksForExperts() {
        RankGrid grid = RankGrid.of(2, 2, 4).inOrder(STAGES_BEFORE_REPLICAS);
        assertEquals(4, grid.withExperts(2, 1).expertData());
        var refusal = assertThrows(IllegalArgumentException.class, () -> grid.withExperts(2, 2));
        assertTrue(refusal.getMessage().contains("2 ranks are counted, and for experts 4"), refusal.getMessage());
        assertEquals(
                4,
                grid.inOrder(RankGrid.USUAL).withExperts(2, 2).withExperts(4, 1).expert());
    }

    @Test
    void orderNamesEachDimensionOnce() {
        for (List<Dimension> order : List.of(
                List.of(Dimension.TENSOR, Dimension.DATA, Dimension.PIPELINE),
                List.of(Dimension.TENSOR, Dimension.TENSOR, Dimension.CONTEXT, Dimension.DATA, Dimension.PIPELINE))) {
            assertThrows(
                    IllegalArgumentException.class, () -> RankGrid.of(1, 1, 1).inOrder(order));
        }
    }

    /// Axes give each rank the places that counting through the grid gives it.
    @RepeatedTest(100)
    void placesAreThoseOfCounting(RepetitionInfo repetition) {
        RankGrid grid = Grids.random(new SplittableRandom(repetition.getCurrentRepetition()));
        int[][] places = Grids.places(grid);
        for (int rank = 0; rank < places.length; rank++) {
            assertEquals(places[rank][Dimension.PIPELINE.ordinal()], grid.stageOf(rank));
            for (Dimension dimension : Dimension.values()) {
                assertEquals(
                        places[rank][dimension.ordinal()],
                        grid.axes(dimension).getFirst().placeOf(rank));
            }
        }
    }

    /// The same in the grid of experts, which has the same stages.
    @RepeatedTest(100)
    void placesOfExpertsAreThoseOfCounting(RepetitionInfo repetition) {
        RankGrid grid = Grids.random(new SplittableRandom(1000 + repetition.getCurrentRepetition()));
        int[][] places = Grids.placesOfExperts(grid);
        for (int rank = 0; rank < places.length && grid.placesExpertsApart(); rank++) {
            assertEquals(places[rank][Dimension.PIPELINE.ordinal()], grid.stageOf(rank));
            for (Dimension dimension : Dimension.values()) {
                assertEquals(
                        places[rank][dimension.ordinal()],
                        grid.expertAxes(dimension).getFirst().placeOf(rank));
            }
        }
    }
}
