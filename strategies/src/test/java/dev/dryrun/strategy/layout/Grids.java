// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Random grids, and the places of their ranks by counting through them, as an odometer does.
public final class Grids {
    private Grids() {}

    /// A grid of at most a few thousand ranks with experts wherever they fit its order.
    public static RankGrid random(SplittableRandom random) {
        RankGrid grid = RankGrid.of(size(random), size(random), size(random))
                .withContext(size(random))
                .inOrder(inRandomOrder(random, RankGrid.USUAL));
        List<int[]> ways = new ArrayList<>();
        for (int expert = 1; expert <= grid.ranksOfStage(); expert++) {
            for (int each = 1; each <= grid.ranksOfStage(); each++) {
                if (grid.problemWithExperts(expert, each) == null) {
                    ways.add(new int[] {expert, each});
                }
            }
        }
        int[] way = ways.get(random.nextInt(ways.size()));
        return grid.withExperts(way[0], way[1]);
    }

    private static int size(SplittableRandom random) {
        return random.nextInt(1, 6);
    }

    /// The dimensions in a random order.
    public static List<Dimension> inRandomOrder(SplittableRandom random, List<Dimension> dimensions) {
        List<Dimension> rest = new ArrayList<>(dimensions);
        List<Dimension> order = new ArrayList<>();
        while (!rest.isEmpty()) {
            order.add(rest.remove(random.nextInt(rest.size())));
        }
        return order;
    }

    /// For each rank its place along each dimension.
    static int[][] places(RankGrid grid) {
        return count(grid, new int[] {grid.tensor(), grid.context(), 1, grid.data(), grid.stages()});
    }

    /// The same in the grid of experts, where `TENSOR` and `DATA` are those of an expert.
    static int[][] placesOfExperts(RankGrid grid) {
        return count(grid, new int[] {grid.expertTensor(), 1, grid.expert(), grid.expertData(), grid.stages()});
    }

    private static int[][] count(RankGrid grid, int[] sizes) {
        int[][] places = new int[(int) grid.ranks()][];
        int[] digits = new int[sizes.length];
        for (int rank = 0; rank < places.length; rank++) {
            places[rank] = digits.clone();
            for (Dimension dimension : grid.order()) {
                int digit = dimension.ordinal();
                digits[digit] = (digits[digit] + 1) % sizes[digit];
                if (digits[digit] != 0) {
                    break;
                }
            }
        }
        return places;
    }
}
