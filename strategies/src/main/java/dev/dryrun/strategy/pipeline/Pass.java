// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

/// One visit of a micro-batch to a model chunk of a stage, forward or backward.
///
/// Orders hold passes as ints, because 64 stages of 512 micro-batches and 6 chunks make 400,000 of them:
/// bit 0 is the direction, bits 1 to 10 the chunk, bits 11 to 30 the micro-batch.
///
/// @param direction forward or backward
/// @param chunk of the stage, from 0
/// @param microBatch from 0
public record Pass(Direction direction, int chunk, int microBatch) {
    /// Chunks of a stage must be fewer than this.
    public static final int CHUNK_LIMIT = 1 << 10;

    /// Micro-batches of a step must be fewer than this.
    public static final int MICRO_BATCH_LIMIT = 1 << 20;

    /// Which way a pass goes through the layers.
    public enum Direction {
        FORWARD,
        BACKWARD
    }

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

    /// The pass of a code.
    public static Pass of(int code) {
        return new Pass(isForward(code) ? Direction.FORWARD : Direction.BACKWARD, chunk(code), microBatch(code));
    }

    public static boolean isForward(int code) {
        return (code & 1) == 0;
    }

    public static int chunk(int code) {
        return (code >> 1) & (CHUNK_LIMIT - 1);
    }

    public static int microBatch(int code) {
        return code >> 11;
    }

    /// This pass as an int.
    public int code() {
        return microBatch << 11 | chunk << 1 | (direction == Direction.BACKWARD ? 1 : 0);
    }
}
