// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.Nullable;

/// Which layers, and which of embedding and head, each chunk of each stage holds.
///
/// The model is cut into `stages * chunks` blocks of consecutive layers; chunk c of stage i is block `c * stages + i`,
/// so the embedding is on stage 0 in chunk 0 and the head on the last stage in its last chunk. Where the layers do not
/// divide evenly, the earliest blocks hold one more. With `embeddingSlots`, embedding and head fill a place each, so
/// the first and the last block hold one layer fewer.
///
/// @param layers of the model
/// @param stages pipeline stages
/// @param chunks of a stage
/// @param embeddingSlots whether embedding and head count as a layer each
public record StagePartition(int layers, int stages, int chunks, boolean embeddingSlots) {
    public StagePartition {
        String problem = problemWith(layers, stages, chunks, embeddingSlots);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
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

    /// Whether every block fills the same number of places.
    public boolean isEven() {
        return slots(layers, embeddingSlots) % blocks() == 0;
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
        return chunk * stages + stage;
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
        return stage == 0;
    }

    public boolean hasHead(int stage) {
        return stage == stages - 1;
    }

    private int layersBefore(int block) {
        int slots = slots(layers, embeddingSlots);
        int slot = slots / blocks() * block + Math.min(block, slots % blocks());
        return embeddingSlots ? Math.clamp(slot - 1, 0, layers) : slot;
    }

    private static int slots(int layers, boolean embeddingSlots) {
        return embeddingSlots ? layers + 2 : layers;
    }
}
