// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Entry;

/// Reads a model from a catalog file or from a scenario. What is absent comes from the family, or follows:
///
/// | key | when absent |
/// |---|---|
/// | `key_value_heads` | `heads` |
/// | `head_dimension` | `hidden / heads` |
/// | `ffn_hidden` | `4 hidden` (GPT only) |
/// | `positions` | 2048 (GPT), 0 where positions are rotary |
/// | `vocabulary` | 50257 (GPT only) |
/// | `vocabulary_multiple` | 128 |
/// | `gated_mlp`, `rotary`, `biases`, `tied_head`, `dropout` | as in the family |
final class ModelEntry {
    private static final int MAX_LAYERS = 10_000;
    private static final int MAX_WIDTH = 1 << 20;
    private static final int MAX_FFN = 1 << 24;
    private static final int MAX_VOCABULARY = 1 << 28;

    private ModelEntry() {}

    static TransformerModel read(Entry entry) {
        entry.allow("schema", "title", "source", "date", "note");
        ModelFamily family = entry.choice("family", ModelFamily.class);
        boolean gpt = family == ModelFamily.GPT;
        int layers = (int) entry.integer("layers", 1, MAX_LAYERS);
        int hidden = (int) entry.integer("hidden", 1, MAX_WIDTH);
        int heads = (int) entry.integer("heads", 1, MAX_WIDTH);
        int keyValueHeads = (int) entry.integer("key_value_heads", 1, heads, heads);
        if (heads % keyValueHeads != 0) {
            entry.problem("key_value_heads", String.valueOf(keyValueHeads), "must divide the " + heads + " heads", "");
            keyValueHeads = heads;
        }
        if (!entry.has("head_dimension") && hidden % heads != 0) {
            entry.problem(
                    "heads",
                    String.valueOf(heads),
                    "must divide hidden " + hidden + " where head_dimension is absent",
                    "");
        }
        int headDimension = (int) entry.integer("head_dimension", 1, MAX_WIDTH, Math.max(1, hidden / heads));
        int ffnHidden = gpt
                ? (int) entry.integer("ffn_hidden", 1, MAX_FFN, 4L * hidden)
                : (int) entry.integer("ffn_hidden", 1, MAX_FFN);
        int vocabulary = gpt
                ? (int) entry.integer("vocabulary", 1, MAX_VOCABULARY, 50_257)
                : (int) entry.integer("vocabulary", 1, MAX_VOCABULARY);
        boolean rotary = entry.flag("rotary", family.rotary);
        var model = new TransformerModel(
                entry.text("name", Entry.kebab(family)),
                layers,
                hidden,
                heads,
                keyValueHeads,
                headDimension,
                ffnHidden,
                entry.flag("gated_mlp", family.gatedMlp),
                vocabulary,
                (int) entry.integer("vocabulary_multiple", 1, MAX_VOCABULARY, 128),
                (int) entry.integer("positions", 0, MAX_VOCABULARY, rotary ? 0 : 2048),
                rotary,
                entry.flag("biases", family.biases),
                entry.flag("tied_head", family.tiedHead),
                entry.flag("dropout", family.dropout));
        entry.rejectUnknownKeys();
        return model;
    }
}
