// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;

/// What a model's entry says of its two ends: how tokens become vectors, and vectors an answer.
///
/// | key | when absent |
/// |---|---|
/// | `vocabulary` | 50257 (GPT only) |
/// | `embedding_width` | `hidden`; with another, a matrix leads into the blocks and one out of them |
/// | `positions` | 2048 (GPT), 512 (BERT), 0 (T5, and where positions are rotary or relative) |
/// | `embedding_norm` | false (BERT: true) |
/// | `token_types`, `pooler` | 2 and true (BERT only) |
/// | `tied_head` | as in the family |
///
/// @param embedding tables at the start
/// @param head what stands behind the last block
record EmbeddingEntry(Embedding embedding, Head head) {
    private static final int MAX_VOCABULARY = 1 << 28;

    static EmbeddingEntry read(Entry entry, ModelFamily family, Widths widths, boolean otherPositions) {
        boolean bert = family == ModelFamily.BERT;
        int hidden = widths.hidden();
        int vocabulary = family == ModelFamily.GPT
                ? (int) entry.integer("vocabulary", 1, MAX_VOCABULARY, 50_257)
                : (int) entry.integer("vocabulary", 1, MAX_VOCABULARY);
        int width = (int) entry.integer("embedding_width", 1, Widths.MAX_WIDTH, hidden);
        var embedding = new Embedding(
                vocabulary,
                width,
                hidden,
                (int) entry.integer("positions", 0, MAX_VOCABULARY, otherPositions ? 0 : family.positions()),
                bert ? (int) entry.integer("token_types", 0, Widths.MAX_WIDTH, 2) : 0,
                entry.flag("embedding_norm", bert) ? widths.norm() : null);
        boolean tied = entry.flag("tied_head", family.tiedHead);
        Head head =
                bert ? new Pooler(hidden, entry.flag("pooler", true)) : new LogitHead(hidden, width, vocabulary, tied);
        return new EmbeddingEntry(embedding, head);
    }

    /// What each tensor rank's share of the padded vocabulary is a multiple of.
    static int vocabularyMultiple(Entry entry) {
        return (int) entry.integer("vocabulary_multiple", 1, MAX_VOCABULARY, 128);
    }
}
