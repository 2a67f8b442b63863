// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The block `model`: the shape of the transformer.
///
/// What is absent has Megatron-LM's default: an MLP of width 4h, or of int(4h 2/3 / 64) 64 with SwiGLU; as many key
/// and value heads as query heads; learned positions; biases; a head tied to the embedding; dropout 0.1.
final class ModelOptions {
    private static final int MOST_LAYERS = 10_000;
    private static final int WIDEST = 1 << 20;
    private static final int WIDEST_FFN = 1 << 24;
    private static final String[] LAYERS = {"--num-layers", "--encoder-num-layers"};

    private final Reading reading;

    private ModelOptions(Reading reading) {
        this.reading = reading;
    }

    static void read(Reading reading) {
        new ModelOptions(reading).read();
    }

    private void read() {
        boolean gated = gated();
        boolean rotary = rotary();
        boolean biases = !reading.has("--disable-bias-linear");
        boolean llama = gated && rotary && !biases;
        family(llama);
        require("model.layers", MOST_LAYERS, LAYERS);
        require("model.hidden", WIDEST, "--hidden-size");
        require("model.heads", WIDEST, "--num-attention-heads");
        keyValueHeads();
        if (!reading.has("--multi-latent-attention")) {
            reading.copy("model.head_dimension", 1, WIDEST, "--kv-channels");
        }
        ffnHidden(gated, llama);
        flag("model.gated_mlp", gated, llama, "--swiglu", "--quick-geglu", "--glu-activation");
        positions(rotary, llama);
        flag("model.biases", biases, !llama, "--disable-bias-linear");
        boolean tied = !reading.has("--untie-embeddings-and-output-weights");
        flag("model.tied_head", tied, !llama, "--untie-embeddings-and-output-weights");
        dropout(llama);
        extras(biases);
        VocabularyOptions.read(reading);
        ExpertOptions.read(reading);
        LatentAttentionOptions.read(reading);
    }

    private void family(boolean llama) {
        String program = reading.launch().programName().toLowerCase(Locale.ROOT);
        if (program.contains("bert") || program.contains("t5")) {
            String family = program.contains("bert") ? "bert" : "t5";
            reading.assume(
                    "model.family", family, "by the name of " + reading.launch().programName());
            Option decoder = reading.find("--decoder-num-layers");
            if (decoder != null && family.equals("t5")) {
                reading.copy("model.encoder_layers", 1, MOST_LAYERS, LAYERS);
            }
            return;
        }
        String why = llama ? "a gate, rotary positions, no biases" : "what differs from GPT-2 follows";
        reading.assume("model.family", llama ? "llama" : "gpt", why);
    }

    private void require(String key, int most, String... names) {
        if (reading.copy(key, 1, most, names) == null) {
            reading.leaveOpen(key, "the launch has no " + names[0]);
        }
    }

    /// Writes a flag that differs from what the family has.
    private void flag(String key, boolean value, boolean ofFamily, String... names) {
        if (value == ofFamily) {
            return;
        }
        Option option = reading.find(names);
        if (option != null) {
            reading.set(key, value, option);
        } else {
            reading.assume(key, value, "no " + names[0]);
        }
    }

    private boolean gated() {
        return reading.has("--swiglu", "--quick-geglu", "--glu-activation");
    }

    private boolean rotary() {
        String type = reading.text("--position-embedding-type");
        return reading.has("--use-rotary-position-embeddings")
                || List.of("rope", "rotary", "yarn").contains(type == null ? "" : type);
    }

    private void keyValueHeads() {
        Option grouped = reading.find("--group-query-attention");
        Option groups = reading.find("--num-query-groups", "--num-key-value-heads");
        boolean deepspeed = groups != null && groups.name().equals("--num-key-value-heads");
        if (groups != null && (grouped != null || deepspeed)) {
            reading.copy("model.key_value_heads", 1, WIDEST, groups.name());
        } else if (groups != null) {
            groups.free("counts only with --group-query-attention");
        } else if (grouped != null) {
            reading.set("model.key_value_heads", 1L, grouped, "--num-query-groups is 1 unless given");
        }
    }

    private void ffnHidden(boolean gated, boolean llama) {
        Option given = reading.find("--ffn-hidden-size", "--intermediate-size");
        if (given != null) {
            reading.copy("model.ffn_hidden", 1, WIDEST_FFN, given.name());
            return;
        }
        long hidden = reading.drafted("model.hidden", 0);
        if (hidden == 0) {
            return;
        }
        if (reading.has("--swiglu")) {
            long width = 64 * (long) (4.0 * hidden * 2 / 3 / 64);
            reading.assume("model.ffn_hidden", Math.max(64, width), "Megatron-LM's default with --swiglu");
        } else if (llama || gated) {
            reading.assume("model.ffn_hidden", 4 * hidden, "Megatron-LM's default");
        }
    }

    private void positions(boolean rotary, boolean llama) {
        Option type = reading.find(
                "--position-embedding-type",
                "--use-rotary-position-embeddings",
                "--alibi-position-embedding",
                "--no-position-embedding");
        Option longest = reading.find("--max-position-embeddings");
        flag("model.rotary", rotary, llama, "--position-embedding-type", "--use-rotary-position-embeddings");
        if (rotary) {
            if (longest != null) {
                longest.free("rotary positions have no table");
            }
            return;
        }
        if (type != null && !learned(type)) {
            reading.set("model.positions", 0L, type);
            if (type.text().equals("relative") || type.text().equals("mrope")) {
                type.notModelled("positions of this kind are simulated as if they cost nothing");
            }
            if (longest != null) {
                longest.free("there is no table of positions");
            }
            return;
        }
        if (reading.copy("model.positions", 1, Integer.MAX_VALUE >> 3, "--max-position-embeddings") == null) {
            reading.leaveOpen("model.positions", "the launch has no --max-position-embeddings");
        }
    }

    private static boolean learned(Option type) {
        return type.name().equals("--position-embedding-type")
                && (type.text().equals("learned_absolute") || type.text().equals("absolute"));
    }

    private void dropout(boolean llama) {
        boolean none = isZero(reading.text("--attention-dropout")) && isZero(reading.text("--hidden-dropout"));
        boolean value = !none;
        if (value == !llama) {
            return;
        }
        Option option = reading.find("--hidden-dropout", "--attention-dropout");
        if (option == null) {
            reading.assume("model.dropout", value, "0.1 unless --attention-dropout and --hidden-dropout say 0");
        } else {
            reading.set("model.dropout", value, option);
        }
    }

    private static boolean isZero(@Nullable String text) {
        return text != null && text.matches("0*\\.?0*([eE][+-]?[0-9]+)?") && !text.isEmpty();
    }

    private void extras(boolean biases) {
        Option queryKeyValue = reading.find("--add-qkv-bias");
        if (queryKeyValue != null && biases) {
            queryKeyValue.free("all linear layers have biases");
        } else if (queryKeyValue != null) {
            reading.set("model.query_key_value_biases", true, queryKeyValue);
        }
        Option queryKeyNorm = reading.find("--qk-layernorm", "--qk-l2-norm");
        if (queryKeyNorm != null) {
            reading.set("model.query_key_norm", true, queryKeyNorm);
        }
        Option embeddingNorm = reading.find("--embed-layernorm");
        if (embeddingNorm != null) {
            reading.set("model.embedding_norm", true, embeddingNorm);
        }
        if (reading.has("--mtp-num-layers")) {
            reading.copy("model.multi_token_prediction_layers", 1, 64, "--mtp-num-layers");
        }
        Option norm = reading.find("--normalization");
        if (norm != null && !norm.text().equalsIgnoreCase("RMSNorm") && !biases) {
            norm.notModelled("the biases of the norms are left out with those of the linear layers");
        }
    }
}
