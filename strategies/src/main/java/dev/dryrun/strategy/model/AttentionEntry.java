// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;
import java.util.List;

/// Reads the attention of a model's blocks.
///
/// | key | when absent |
/// |---|---|
/// | `latent_attention` {`query_rank`, `key_value_rank`, `rotary_dimension`, `value_dimension`} | grouped-query |
/// | `query_key_value_biases` | `biases` |
/// | `query_key_norm`, `attention_sinks` | false |
/// | `relative_positions`: `none`, `matrix`, `buckets` | as in the family |
/// | `relative_buckets` | 32, where `buckets` |
/// | `sliding_window` {`tokens`, `every`} | none; `every`: 1 |
/// | `dilated_attention` {`segments`, `rates`} | none; not beside `sliding_window` |
///
/// @param usual attention of a block
/// @param windowed the same with a sliding window
/// @param windowEvery every n-th block has the window; 0 where none has
/// @param relative positions learned inside attention
/// @param relativeBuckets ranges of distances of the biases, 0 where there are none
record AttentionEntry(
        Attention usual, Attention windowed, int windowEvery, RelativePositions relative, int relativeBuckets) {
    private static final int MAX_RANK = 1 << 20;

    static AttentionEntry read(Entry entry, ModelFamily family, Widths widths) {
        boolean rotary = entry.flag("rotary", family.rotary);
        if (entry.has("latent_attention")) {
            Attention latent = latent(entry.optionalChild("latent_attention"), widths);
            return new AttentionEntry(latent, latent, 0, RelativePositions.NONE, 0);
        }
        RelativePositions relative =
                entry.choice("relative_positions", RelativePositions.class, family.relativePositions());
        int buckets = relative == RelativePositions.BUCKETS
                ? (int) entry.integer("relative_buckets", 1, Widths.MAX_WIDTH, 32)
                : 0;
        int window = 0;
        int every = 0;
        if (family != ModelFamily.BERT && entry.has("sliding_window")) {
            Entry sliding = entry.optionalChild("sliding_window");
            window = (int) sliding.integer("tokens", 1, 1 << 30);
            every = (int) sliding.integer("every", 1, ModelEntry.MAX_LAYERS, 1);
            sliding.rejectUnknownKeys();
        }
        boolean causal = family != ModelFamily.BERT;
        List<Dilation> dilations = every == 0 ? DilatedEntry.read(entry) : List.of();
        return new AttentionEntry(
                grouped(entry, widths, relative, rotary, new AttentionMask(causal, 0, dilations)),
                grouped(entry, widths, relative, rotary, new AttentionMask(causal, window)),
                every,
                relative,
                buckets);
    }

    /// Attention of the block of that number, counted from 1.
    Attention ofBlock(int number) {
        return windowEvery > 0 && number % windowEvery == 0 ? windowed : usual;
    }

    /// The attention of an encoder whose decoder has this one.
    static Attention ofEncoder(Entry entry, Widths widths, RelativePositions relative) {
        return grouped(entry, widths, relative, false, AttentionMask.NONE);
    }

    private static Attention grouped(
            Entry entry, Widths widths, RelativePositions relative, boolean rotary, AttentionMask mask) {
        return new GroupedQueryAttention(
                widths.hidden(),
                widths.heads(),
                widths.keyValueHeads(),
                widths.headDimension(),
                entry.flag("query_key_value_biases", widths.biases()),
                widths.biases(),
                entry.flag("query_key_norm", false) ? widths.norm() : null,
                entry.flag("attention_sinks", false),
                relative,
                rotary,
                mask);
    }

    private static Attention latent(Entry entry, Widths widths) {
        var latent = new LatentAttention(
                widths.hidden(),
                widths.heads(),
                widths.headDimension(),
                (int) entry.integer("query_rank", 1, MAX_RANK, 0),
                (int) entry.integer("key_value_rank", 1, MAX_RANK),
                (int) entry.integer("rotary_dimension", 0, Widths.MAX_WIDTH),
                (int) entry.integer("value_dimension", 1, Widths.MAX_WIDTH));
        entry.rejectUnknownKeys();
        return latent;
    }
}
