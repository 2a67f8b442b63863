// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;
import org.jspecify.annotations.Nullable;

/// Reads which blocks of a model have experts, and which.
///
/// | key of `experts` | meaning |
/// |---|---|
/// | `count`, `active` | routed experts of a block, and how many of them a token passes |
/// | `ffn_hidden` | width of each |
/// | `shared_ffn_hidden` | width of all shared experts together; 0 when absent |
/// | `dense_layers` | leading blocks without experts; 0 when absent |
/// | `every` | of the other blocks every n-th has experts; 1 when absent |
/// | `biases` | whether router and experts have biases; false when absent |
///
/// @param count routed experts; 0 where no block has any
/// @param active of them for a token
/// @param ffnHidden width of each
/// @param sharedFfnHidden width of all shared experts together
/// @param denseLayers leading blocks without experts
/// @param every n of every n-th block
/// @param biases of router and experts
record ExpertsEntry(
        int count, int active, int ffnHidden, int sharedFfnHidden, int denseLayers, int every, boolean biases) {
    private static final int MAX_EXPERTS = 1 << 16;

    static ExpertsEntry read(Entry model, int layers) {
        if (!model.has("experts")) {
            return new ExpertsEntry(0, 0, 0, 0, 0, 1, false);
        }
        Entry entry = model.optionalChild("experts");
        int count = (int) entry.integer("count", 1, MAX_EXPERTS);
        var experts = new ExpertsEntry(
                count,
                (int) entry.integer("active", 1, count),
                (int) entry.integer("ffn_hidden", 1, Widths.MAX_FFN),
                (int) entry.integer("shared_ffn_hidden", 0, Widths.MAX_FFN, 0),
                (int) entry.integer("dense_layers", 0, layers, 0),
                (int) entry.integer("every", 1, layers, 1),
                entry.flag("biases", false));
        entry.rejectUnknownKeys();
        return experts;
    }

    /// Whether no block has a dense MLP.
    boolean everywhere() {
        return count > 0 && denseLayers == 0 && every == 1;
    }

    /// Whether the block of that number, counted from 1, has experts.
    boolean inBlock(int number) {
        return count > 0 && number > denseLayers && (number - denseLayers) % every == 0;
    }

    FeedForward feedForward(Widths widths) {
        return new ExpertFeedForward(
                count,
                active,
                new DenseFeedForward(widths.hidden(), ffnHidden, widths.gatedMlp(), biases),
                shared(widths),
                biases);
    }

    private @Nullable DenseFeedForward shared(Widths widths) {
        return sharedFfnHidden == 0
                ? null
                : new DenseFeedForward(widths.hidden(), sharedFfnHidden, widths.gatedMlp(), biases);
    }
}
