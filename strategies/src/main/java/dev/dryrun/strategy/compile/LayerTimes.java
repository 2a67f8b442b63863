// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

/// How long the forward and the backward pass of a micro-batch take on one part of a cluster, place by place of the
/// model: kernels, what is computed again, and the collectives of layers where nothing else uses the links.
///
/// @param layers nanoseconds of each layer
/// @param embedding before the first layer
/// @param head after the last one
public record LayerTimes(long[] layers, long embedding, long head) {
    static LayerTimes of(StageWork work, PassWriter writer, int count) {
        long[] nanos = new long[count];
        for (int layer = 0; layer < count; layer++) {
            nanos[layer] = writer.nanos(work.throughLayer(layer));
        }
        return new LayerTimes(nanos, writer.nanos(work.throughEmbedding()), writer.nanos(work.throughHead()));
    }

    /// Time of consecutive layers, with embedding and head where they are the first and the last.
    public long nanos(int from, int to, boolean withEmbedding, boolean withHead) {
        long sum = (withEmbedding ? embedding : 0) + (withHead ? head : 0);
        for (int layer = from; layer < to; layer++) {
            sum += layers[layer];
        }
        return sum;
    }
}
