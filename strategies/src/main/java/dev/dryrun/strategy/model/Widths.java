// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;

/// Sizes of a model's blocks, as the top of its entry gives them.
///
/// @param hidden width of the residual stream
/// @param heads query heads
/// @param keyValueHeads key and value heads
/// @param headDimension width of a head
/// @param ffnHidden width of a dense MLP; 1 where every block has experts, 0 where blocks have none
/// @param gatedMlp whether MLPs have a gate
/// @param biases whether linear layers have biases
/// @param norm of the blocks
record Widths(
        int hidden,
        int heads,
        int keyValueHeads,
        int headDimension,
        int ffnHidden,
        boolean gatedMlp,
        boolean biases,
        Norm norm) {
    static final int MAX_WIDTH = 1 << 20;
    static final int MAX_FFN = 1 << 24;

    static Widths read(Entry entry, ModelFamily family, int hidden, boolean attends, boolean everyBlockHasExperts) {
        int heads = attends ? heads(entry) : 1;
        int keyValueHeads = attends ? (int) entry.integer("key_value_heads", 1, heads, heads) : 1;
        if (heads % keyValueHeads != 0) {
            entry.problem("key_value_heads", String.valueOf(keyValueHeads), "must divide the " + heads + " heads", "");
            keyValueHeads = heads;
        }
        if (attends && !entry.has("head_dimension") && hidden % heads != 0) {
            entry.problem(
                    "heads",
                    String.valueOf(heads),
                    "must divide hidden " + hidden + " where head_dimension is absent",
                    "");
        }
        int usual = Math.max(1, hidden / heads);
        int headDimension = attends ? (int) entry.integer("head_dimension", 1, MAX_WIDTH, usual) : usual;
        boolean biases = entry.flag("biases", family.biases);
        return new Widths(
                hidden,
                heads,
                keyValueHeads,
                headDimension,
                ffnHidden(entry, family, hidden, everyBlockHasExperts),
                entry.flag("gated_mlp", family.gatedMlp),
                biases,
                new Norm(entry.flag("norm_biases", biases)));
    }

    /// The family says whether they are needed.
    private static int heads(Entry entry) {
        return entry.has("family")
                ? (int) entry.integer("heads", 1, MAX_WIDTH)
                : (int) entry.integer("heads", 1, MAX_WIDTH, 1);
    }

    private static int ffnHidden(Entry entry, ModelFamily family, int hidden, boolean everyBlockHasExperts) {
        if (family.fourfoldMlp()) {
            return (int) entry.integer("ffn_hidden", 1, MAX_FFN, 4L * hidden);
        }
        if (family.needsNoMlp()) {
            return (int) entry.integer("ffn_hidden", 1, MAX_FFN, 0);
        }
        return everyBlockHasExperts
                ? (int) entry.integer("ffn_hidden", 1, MAX_FFN, 1)
                : (int) entry.integer("ffn_hidden", 1, MAX_FFN);
    }
}
