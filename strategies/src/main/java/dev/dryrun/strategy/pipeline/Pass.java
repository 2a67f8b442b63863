// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

/// One visit of a micro-batch to a model chunk of a stage: forward, backward, or one half of backward.
///
/// Orders hold passes as ints, because 64 stages of 512 micro-batches and 6 chunks make 400,000 of them:
/// bits 0 and 1 are the direction, bits 2 to 11 the chunk, bits 12 to 31 the micro-batch.
///
/// @param direction what of the micro-batch passes
/// @param chunk of the stage, from 0
/// @param microBatch from 0
public record Pass(Direction direction, int chunk, int microBatch) {
    /// Chunks of a stage must be fewer than this.
    public static final int CHUNK_LIMIT = 1 << 10;

    /// Micro-batches of a step must be fewer than this.
    public static final int MICRO_BATCH_LIMIT = 1 << 20;

    /// Which way a pass goes through the layers, and for which gradients.
    ///
    /// The previous block waits for the gradient of the input only, so that the gradients of the weights can fill what
    /// would be a bubble. Source: Qi et al., 2023, arXiv:2401.10241, section 2.
    public enum Direction {
        FORWARD,
        /// Both gradients in one go.
        BACKWARD,
        INPUT_GRADIENT,
        WEIGHT_GRADIENT
    }

    private static final Direction[] DIRECTIONS = Direction.values();

    public Pass {
        if (chunk < 0 || chunk >= CHUNK_LIMIT) {
            throw new IllegalArgumentException("chunk is " + chunk + "; it must be at least 0, below " + CHUNK_LIMIT);
        }
        if (microBatch < 0 || microBatch >= MICRO_BATCH_LIMIT) {
            throw new IllegalArgumentException(
                    "microBatch is " + microBatch + "; it must be at least 0, below " + MICRO_BATCH_LIMIT);
        }
    }

    public static int forward(int chunk, int microBatch) {
        return new Pass(Direction.FORWARD, chunk, microBatch).code();
    }

    public static int backward(int chunk, int microBatch) {
        return new Pass(Direction.BACKWARD, chunk, microBatch).code();
    }

    public static int inputGradient(int chunk, int microBatch) {
        return new Pass(Direction.INPUT_GRADIENT, chunk, microBatch).code();
    }

    public static int weightGradient(int chunk, int microBatch) {
        return new Pass(Direction.WEIGHT_GRADIENT, chunk, microBatch).code();
    }

    /// The pass of a code.
    public static Pass of(int code) {
        return new Pass(direction(code), chunk(code), microBatch(code));
    }

    public static Direction direction(int code) {
        return DIRECTIONS[code & 3];
    }

    public static boolean isForward(int code) {
        return direction(code) == Direction.FORWARD;
    }

    /// Whether the pass makes the gradient that the previous block waits for.
    public static boolean makesInputGradient(int code) {
        return switch (direction(code)) {
            case BACKWARD, INPUT_GRADIENT -> true;
            case FORWARD, WEIGHT_GRADIENT -> false;
        };
    }

    /// Whether the pass completes what a micro-batch adds to the gradients of a chunk's weights.
    public static boolean makesWeightGradient(int code) {
        return switch (direction(code)) {
            case BACKWARD, WEIGHT_GRADIENT -> true;
            case FORWARD, INPUT_GRADIENT -> false;
        };
    }

    public static int chunk(int code) {
        return (code >> 2) & (CHUNK_LIMIT - 1);
    }

    public static int microBatch(int code) {
        return code >>> 12;
    }

    /// This pass as an int.
    public int code() {
        return microBatch << 12 | chunk << 2 | direction.ordinal();
    }
}
