// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which layers, and which of embedding and head, each chunk of each stage holds.
///
/// The model is cut into `stages * chunks` blocks of consecutive layers, which the placement gives to the chunks; the
/// embedding comes before the first block and the head after the last. Where nothing else is said, blocks are equal,
/// and the earliest ones hold one layer more where the layers do not divide evenly. With `embeddingSlots`, embedding
/// and head fill a place each, so the first and the last block hold one layer fewer.
///
/// @param layers of the model
/// @param stages pipeline stages
/// @param chunks of a stage
/// @param embeddingSlots whether embedding and head count as a layer each
/// @param placement of the blocks
/// @param layersOfBlocks layers of each block in the order of the forward pass; empty where they are spread evenly
public record StagePartition(
        int layers,
        int stages,
        int chunks,
        boolean embeddingSlots,
        BlockPlacement placement,
        List<Integer> layersOfBlocks) {
    public StagePartition {
        layersOfBlocks = List.copyOf(layersOfBlocks);
        String problem = layersOfBlocks.isEmpty()
                ? problemWith(layers, stages, chunks, embeddingSlots)
                : problemWithBlocks(layers, stages, chunks, layersOfBlocks);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }

    /// Equal blocks, every chunk beginning on the first stage.
    public StagePartition(int layers, int stages, int chunks, boolean embeddingSlots) {
        this(layers, stages, chunks, embeddingSlots, BlockPlacement.LOOPED, List.of());
    }

    /// Why the layers cannot be spread so, or null where they can.
    public static @Nullable String problemWith(int layers, int stages, int chunks, boolean embeddingSlots) {
        if (layers < 1 || stages < 1 || chunks < 1) {
            return "layers, stages and chunks must be at least 1, not %d, %d and %d".formatted(layers, stages, chunks);
        }
        long blocks = (long) stages * chunks;
        int slots = slots(layers, embeddingSlots);
        if (blocks > slots) {
            return "stages times chunks must be at most %d (the layers%s), not %d"
                    .formatted(slots, embeddingSlots ? ", embedding and head" : "", blocks);
        }
        return null;
    }

    /// Why blocks cannot hold these numbers of layers, or null where they can. Only the first and the last block, which
    /// have embedding and head, may hold none.
    public static @Nullable String problemWithBlocks(int layers, int stages, int chunks, List<Integer> layersOfBlocks) {
        long blocks = (long) stages * chunks;
        if (layersOfBlocks.size() != blocks) {
            return "must have %d entries, one for each %s, not %d"
                    .formatted(blocks, chunks > 1 ? "chunk of each stage" : "stage", layersOfBlocks.size());
        }
        long sum = 0;
        for (int block = 0; block < blocks; block++) {
            int held = layersOfBlocks.get(block);
            boolean end = block == 0 || block == blocks - 1;
            if (held < (end ? 0 : 1)) {
                return "must give block %d at least %d layer, not %d".formatted(block, end ? 0 : 1, held);
            }
            sum += held;
        }
        return sum == layers ? null : "must add up to the %d layers, not to %d".formatted(layers, sum);
    }

    /// Whether every block fills the same number of places.
    public boolean isEven() {
        return layersOfBlocks.isEmpty()
                ? slots(layers, embeddingSlots) % blocks() == 0
                : layersOfBlocks.stream().distinct().count() == 1;
    }

    public int blocks() {
        return stages * chunks;
    }

    /// Number of the block that a chunk holds, in the order of the forward pass.
    public int block(int stage, int chunk) {
        if (stage < 0 || stage >= stages || chunk < 0 || chunk >= chunks) {
            throw new IllegalArgumentException(
                    "stage %d, chunk %d: there are %d stages of %d chunks".formatted(stage, chunk, stages, chunks));
        }
        return placement.block(stage, chunk, stages);
    }

    /// Number of the first layer of a chunk.
    public int firstLayer(int stage, int chunk) {
        return layersBefore(block(stage, chunk));
    }

    /// Layers of a chunk.
    public int layers(int stage, int chunk) {
        int block = block(stage, chunk);
        return layersBefore(block + 1) - layersBefore(block);
    }

    /// Layers of all chunks of a stage.
    public int layers(int stage) {
        int sum = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            sum += layers(stage, chunk);
        }
        return sum;
    }

    public boolean hasEmbedding(int stage, int chunk) {
        return block(stage, chunk) == 0;
    }

    public boolean hasHead(int stage, int chunk) {
        return block(stage, chunk) == blocks() - 1;
    }

    public boolean hasEmbedding(int stage) {
        return stage == placement.stageOf(0, stages);
    }

    public boolean hasHead(int stage) {
        return stage == placement.stageOf(blocks() - 1, stages);
    }

    /// Whether embedding and head are on different stages.
    public boolean partsEmbeddingFromHead() {
        return !hasHead(placement.stageOf(0, stages));
    }

    /// Whether a chunk's activations come from another stage (and its gradients go there).
    public boolean receivesActivations(int stage, int chunk) {
        int block = block(stage, chunk);
        return block > 0 && placement.stageOf(block - 1, stages) != stage;
    }

    /// Whether a chunk's activations go to another stage (and its gradients come from there).
    public boolean sendsActivations(int stage, int chunk) {
        int block = block(stage, chunk);
        return block < blocks() - 1 && placement.stageOf(block + 1, stages) != stage;
    }

    private int layersBefore(int block) {
        if (!layersOfBlocks.isEmpty()) {
            int sum = 0;
            for (int layersOfBlock : layersOfBlocks.subList(0, block)) {
                sum += layersOfBlock;
            }
            return sum;
        }
        int slots = slots(layers, embeddingSlots);
        int slot = slots / blocks() * block + Math.min(block, slots % blocks());
        return embeddingSlots ? Math.clamp(slot - 1, 0, layers) : slot;
    }

    private static int slots(int layers, boolean embeddingSlots) {
        return embeddingSlots ? layers + 2 : layers;
    }
}
