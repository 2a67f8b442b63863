// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.GridShape;
import org.jspecify.annotations.Nullable;

/// A torus as a grid: the first axis along the rows, the second from row to row, the third as blocks side by side.
///
/// @param width of a block, chips along the first axis
/// @param rows chips along the second
/// @param blocks chips along the third
record Grid(int width, int rows, int blocks) {
    private static final int MOST_COLUMNS = 16;
    private static final int MOST_ROWS = 16;
    private static final double BOX_AND_GAP = 26;
    private static final double BETWEEN_BLOCKS = 0.6;

    /// The grid of the one node of a cluster; null where it is no torus, too large, or one of several.
    static @Nullable Grid of(Cluster cluster) {
        var axes = cluster.node().grid().axes();
        if (cluster.nodes() > 1 || axes.size() < 2 || axes.size() > 3) {
            return null;
        }
        var grid = new Grid(
                axes.get(0).length(),
                axes.get(1).length(),
                axes.stream()
                        .skip(2)
                        .mapToInt(GridShape.Axis::length)
                        .findFirst()
                        .orElse(1));
        boolean fits = grid.rows <= MOST_ROWS && (long) grid.width * grid.blocks <= MOST_COLUMNS;
        return fits && grid.chips() == cluster.node().gpus() ? grid : null;
    }

    int chips() {
        return width * rows * blocks;
    }

    /// From row to row: room for what goes past chips of a row, of which there is more where blocks are joined too.
    double row() {
        return BOX_AND_GAP + deepest();
    }

    /// How far below its row a line may go.
    double deepest() {
        return blocks > 1 ? 38 : 18;
    }

    int rowOf(int chip) {
        return chip / width % rows;
    }

    /// Where a chip stands in its row, from 0 to 1.
    double place(int chip) {
        int block = chip / (width * rows);
        double columns = width * blocks - 1 + BETWEEN_BLOCKS * (blocks - 1);
        return (block * (width + BETWEEN_BLOCKS) + chip % width) / Math.max(1, columns);
    }
}
