// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.export;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.pipeline.StagePartition;
import java.util.Arrays;
import java.util.List;

/// Layers that stages cannot share evenly, listed as a scenario wants them.
final class WrittenLayers {
    private WrittenLayers() {}

    /// The same strategy, with the layers of each block where they do not divide.
    static ParallelStrategy of(ParallelStrategy strategy, int layers) {
        int blocks = strategy.stages() * strategy.chunks();
        int places = layers + (strategy.embeddingSlots() ? 2 : 0);
        return places % blocks == 0 ? strategy : strategy.withLayers(listed(strategy.partition(layers)));
    }

    private static List<Integer> listed(StagePartition partition) {
        Integer[] layers = new Integer[partition.blocks()];
        for (int stage = 0; stage < partition.stages(); stage++) {
            for (int chunk = 0; chunk < partition.chunks(); chunk++) {
                layers[partition.block(stage, chunk)] = partition.layers(stage, chunk);
            }
        }
        return Arrays.asList(layers);
    }
}
