// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import java.util.stream.IntStream;

/// The order of a stage of two chunks as it grows: how many micro-batches of each chunk have passed which way.
final class TwoChunkOrder {
    private final int[] passes;
    private final int[] forwards = new int[2];
    private final int[] inputs = new int[2];
    private final int[] weights = new int[2];
    /// Chunks whose weight gradients were put off, the longest ago first.
    private final int[] putOff;

    private int firstPutOff;
    private int endOfPutOff;
    private int size;

    TwoChunkOrder(int microBatches) {
        passes = new int[6 * microBatches];
        putOff = new int[2 * microBatches];
    }

    int forwards(int chunk) {
        return forwards[chunk];
    }

    void forward(int chunk) {
        passes[size++] = Pass.forward(chunk, forwards[chunk]++);
    }

    void inputGradient(int chunk) {
        passes[size++] = Pass.inputGradient(chunk, inputs[chunk]++);
        putOff[endOfPutOff++] = chunk;
    }

    /// The weight gradients that were put off the longest ago.
    void weightGradient() {
        weightGradient(putOff[firstPutOff++]);
    }

    /// The next weight gradients of a chunk.
    void weightGradient(int chunk) {
        passes[size++] = Pass.weightGradient(chunk, weights[chunk]++);
    }

    /// Both halves, one after the other.
    void splitBackward(int chunk) {
        passes[size++] = Pass.inputGradient(chunk, inputs[chunk]++);
        weightGradient(chunk);
    }

    /// Both halves in one.
    void wholeBackward(int chunk) {
        passes[size++] = Pass.backward(chunk, inputs[chunk]++);
        weights[chunk]++;
    }

    void remainingWeightGradients() {
        for (int chunk = 1; chunk >= 0; chunk--) {
            while (weights[chunk] < inputs[chunk]) {
                weightGradient(chunk);
            }
        }
    }

    /// Without the micro-batches that only fill a pipeline that has too few.
    int[] upTo(int microBatches) {
        return IntStream.of(passes)
                .limit(size)
                .filter(pass -> Pass.microBatch(pass) < microBatches)
                .toArray();
    }
}
