// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

/// Which block of the model is which chunk of which stage. Chunk c holds blocks `c * stages` to `(c + 1) * stages - 1`.
public enum BlockPlacement {
    /// Every chunk begins on the first stage: activations go from each stage to the next, and from the last one round
    /// to the first (Narayanan et al., 2021, arXiv:2104.04473, section 2.2).
    LOOPED,
    /// Odd chunks run backward, from the last stage to the first: with two chunks the shape of a V. Where a micro-batch
    /// turns round it stays on its stage (Qi et al., 2024, arXiv:2405.15362, section 3).
    FOLDED;

    /// Number of the block that a chunk of a stage holds, in the order of the forward pass.
    public int block(int stage, int chunk, int stages) {
        return chunk * stages + (descends(chunk) ? stage : stages - 1 - stage);
    }

    /// Stage that holds a block.
    public int stageOf(int block, int stages) {
        int place = block % stages;
        return descends(block / stages) ? place : stages - 1 - place;
    }

    /// Whether a chunk's activations go towards the last stage.
    public boolean descends(int chunk) {
        return switch (this) {
            case LOOPED -> true;
            case FOLDED -> chunk % 2 == 0;
        };
    }
}
