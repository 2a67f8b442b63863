// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;
import org.jspecify.annotations.Nullable;

/// Reads the recurrence that stands in blocks in place of attention.
///
/// | key of `recurrence` | when absent |
/// |---|---|
/// | `kind`: `rwkv4` to `rwkv7`, `mamba`, `mamba2` | |
/// | `attention_every`, `attention_first` | no block has attention; `attention_first`: `attention_every` |
/// | `head_dimension` (not of `mamba`) | 64 |
/// | `piece` (`rwkv5`, `rwkv6`, `mamba2`) | 0: from token to token; `mamba2`: 256 |
/// | `mix_rank`, `decay_rank` (`rwkv6`) | 32, 64 |
/// | `decay_rank`, `rate_rank`, `value_rank`, `gate_rank` (`rwkv7`) | |
/// | `inner`, `convolution` (`mamba`, `mamba2`) | twice `hidden`, 4 |
/// | `state` | 16 (`mamba`), 128 (`mamba2`) |
/// | `step_rank`, `norms` (`mamba`) | `hidden / 16`, rounded up; false |
/// | `groups` (`mamba2`) | 1 |
///
/// @param usual recurrence of a block, or null where there is none
/// @param first that of the first block
/// @param attentionEvery every n-th block has attention; 0 where none has
/// @param attentionFirst number of the first that has, counted from 1
/// @param receptance whether the MLP of an RWKV block weighs its result
/// @param channelMix whether the MLP of a block is RWKV's
record RecurrenceEntry(
        @Nullable Recurrence usual,
        @Nullable Recurrence first,
        int attentionEvery,
        int attentionFirst,
        boolean channelMix,
        boolean receptance) {
    private static final RecurrenceEntry NONE = new RecurrenceEntry(null, null, 1, 1, false, false);
    private static final int MAX = Widths.MAX_WIDTH;

    /// Kind of recurrence.
    private enum Kind {
        RWKV4,
        RWKV5,
        RWKV6,
        RWKV7,
        MAMBA,
        MAMBA2
    }

    static RecurrenceEntry read(Entry model, ModelFamily family, int hidden) {
        if (!family.mayRecur() || !(model.has("recurrence") || family.recurs())) {
            return NONE;
        }
        Entry entry = model.optionalChild("recurrence");
        Kind kind = entry.choice("kind", Kind.class);
        int every = (int) entry.integer("attention_every", 1, ModelEntry.MAX_LAYERS, 0);
        int from = every == 0 ? 0 : (int) entry.integer("attention_first", 1, ModelEntry.MAX_LAYERS, every);
        RecurrenceEntry read = switch (kind) {
            case RWKV4 -> rwkv(entry, RwkvVersion.RWKV4, hidden, every, from);
            case RWKV5 -> rwkv(entry, RwkvVersion.RWKV5, hidden, every, from);
            case RWKV6 -> rwkv(entry, RwkvVersion.RWKV6, hidden, every, from);
            case RWKV7 -> rwkv(entry, RwkvVersion.RWKV7, hidden, every, from);
            case MAMBA -> of(mamba(entry, hidden), every, from);
            case MAMBA2 -> of(mamba2(entry, hidden), every, from);
        };
        entry.rejectUnknownKeys();
        return read;
    }

    private static RecurrenceEntry of(Recurrence recurrence, int every, int from) {
        return new RecurrenceEntry(recurrence, recurrence, every, from, false, false);
    }

    private static RecurrenceEntry rwkv(Entry entry, RwkvVersion version, int hidden, int every, int from) {
        int headDimension = headDimension(entry, "hidden", hidden);
        int piece = version.hasPieces() ? (int) entry.integer("piece", 1, MAX, 0) : 0;
        RwkvRanks ranks = ranks(entry, version);
        return new RecurrenceEntry(
                new RwkvTimeMix(version, hidden, headDimension, ranks, piece),
                new RwkvTimeMix(version, hidden, headDimension, ranks.ofFirstBlock(), piece),
                every,
                from,
                true,
                version != RwkvVersion.RWKV7);
    }

    private static RwkvRanks ranks(Entry entry, RwkvVersion version) {
        return switch (version) {
            case RWKV4, RWKV5 -> RwkvRanks.NONE;
            case RWKV6 ->
                new RwkvRanks(
                        (int) entry.integer("mix_rank", 1, MAX, 32),
                        (int) entry.integer("decay_rank", 1, MAX, 64),
                        0,
                        0,
                        0);
            case RWKV7 ->
                new RwkvRanks(
                        0,
                        (int) entry.integer("decay_rank", 1, MAX),
                        (int) entry.integer("rate_rank", 1, MAX),
                        (int) entry.integer("value_rank", 1, MAX),
                        (int) entry.integer("gate_rank", 1, MAX));
        };
    }

    private static Recurrence mamba(Entry entry, int hidden) {
        return new MambaMixer(
                hidden,
                entry.integer("inner", 1, Widths.MAX_FFN, 2L * hidden),
                entry.integer("state", 1, MAX, 16),
                entry.integer("step_rank", 1, MAX, Math.ceilDiv(hidden, 16)),
                entry.integer("convolution", 1, MAX, 4),
                entry.flag("norms", false));
    }

    private static Recurrence mamba2(Entry entry, int hidden) {
        long inner = entry.integer("inner", 1, Widths.MAX_FFN, 2L * hidden);
        return new Mamba2Mixer(
                hidden,
                inner,
                headDimension(entry, "inner", inner),
                entry.integer("state", 1, MAX, 128),
                entry.integer("groups", 1, MAX, 1),
                entry.integer("convolution", 1, MAX, 4),
                (int) entry.integer("piece", 1, MAX, 256));
    }

    private static int headDimension(Entry entry, String of, long width) {
        int given = (int) entry.integer("head_dimension", 1, MAX, 64);
        if (width % given != 0) {
            entry.problem("head_dimension", String.valueOf(given), "must divide " + of + " " + width, "64");
            return 1;
        }
        return given;
    }

    /// The recurrence of the block of that number, counted from 1; null where it has attention.
    @Nullable
    Recurrence ofBlock(int number) {
        boolean attends =
                attentionEvery > 0 && number >= attentionFirst && (number - attentionFirst) % attentionEvery == 0;
        return attends ? null : number == 1 ? first : usual;
    }

    /// Whether any block has attention.
    boolean leavesAttention() {
        return attentionEvery > 0;
    }
}
