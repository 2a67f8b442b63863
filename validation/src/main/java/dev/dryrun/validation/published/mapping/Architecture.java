// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.UniformDecoder;
import dev.dryrun.validation.published.table.Column;
import java.util.Arrays;
import java.util.Locale;
import java.util.OptionalLong;

/// What the name of a model tells about its blocks; the table has no columns for it.
enum Architecture {
    /// GPT-NeoX: rotary positions, separate head.
    NEOX("neox", 50_257, false, false, true, true, false, false),
    /// BLOOM: attention bias by distance (ALiBi), shared head; its training script (tr11-176B-ml of BigScience) sets no
    /// dropout, which leaves Megatron's own of a tenth.
    BLOOM("bloom", 250_880, false, false, false, true, true, true),
    /// MPT: ALiBi, no biases, shared head.
    MPT("mpt", 50_368, false, false, false, false, true, false),
    /// Nemotron-4: squared ReLU, rotary positions, no biases, separate head.
    NEMOTRON("nemotron", 256_000, false, false, true, false, false, false),
    /// Llama 3: gated MLP, rotary positions, no biases, separate head.
    LLAMA_3("llama-3", 128_256, true, false, true, false, false, false),
    /// Other Llamas: as Llama 3 with the smaller vocabulary.
    LLAMA("llama", 32_000, true, false, true, false, false, false),
    /// Mistral: as Llama 2.
    MISTRAL("mistral", 32_000, true, false, true, false, false, false),
    /// Qwen: as Llama; its biases on queries, keys and values are left out.
    QWEN("qwen", 151_936, true, false, true, false, false, false),
    /// GPT-2 and GPT-3: learned positions, biases, shared head, dropout; also where the name says nothing.
    GPT("gpt", 51_200, false, true, false, true, true, true);

    /// Megatron pads the vocabulary to a multiple of this times the tensor size.
    private static final int VOCABULARY_MULTIPLE = 128;

    private final String inName;
    private final int vocabulary;
    private final boolean gatedMlp;
    private final boolean learnedPositions;
    private final boolean rotary;
    private final boolean biases;
    private final boolean tiedHead;
    private final boolean dropout;

    Architecture(
            String inName,
            int vocabulary,
            boolean gatedMlp,
            boolean learnedPositions,
            boolean rotary,
            boolean biases,
            boolean tiedHead,
            boolean dropout) {
        this.inName = inName;
        this.vocabulary = vocabulary;
        this.gatedMlp = gatedMlp;
        this.learnedPositions = learnedPositions;
        this.rotary = rotary;
        this.biases = biases;
        this.tiedHead = tiedHead;
        this.dropout = dropout;
    }

    /// Vocabulary where a row states none.
    int vocabulary() {
        return vocabulary;
    }

    static Architecture named(String model) {
        String name = model.toLowerCase(Locale.ROOT).replace("llama3", "llama-3");
        return Arrays.stream(values())
                .filter(architecture -> name.contains(architecture.inName))
                .findFirst()
                .orElse(GPT);
    }

    /// The model of a row. Unstated: key and value heads as many as heads; MLP width 4 hidden, or 8/3 hidden where
    /// gated; vocabulary by architecture.
    static ModelArchitecture read(Reading reading, CatalogModels models) {
        String name = reading.run().text(Column.MODEL);
        Architecture architecture = named(name);
        if (architecture != GPT || !name.toLowerCase(Locale.ROOT).contains(GPT.inName)) {
            reading.assume("blocks of " + architecture.name().toLowerCase(Locale.ROOT) + " (by the model's name)");
        }
        long hidden = required(reading, models, Column.HIDDEN, "hidden");
        long heads = required(reading, models, Column.HEADS, "heads");
        long layers = required(reading, models, Column.LAYERS, "layers");
        long sequence = reading.required(Column.SEQ_LEN);
        if (reading.free() && hidden % heads != 0) {
            reading.obstruct("heads " + heads + " do not divide hidden " + hidden);
        }
        long width = architecture.gatedMlp ? hidden * 8 / 3 : 4 * hidden;
        String widthRule = architecture.gatedMlp ? "8/3 hidden, gated" : "4 hidden";
        boolean composed = ComposedTraces.is(reading);
        long words = reading.countOr(Column.VOCAB, architecture.vocabulary, "by architecture");
        return new UniformDecoder(
                        name.isEmpty() ? reading.run().id() : name,
                        Math.toIntExact(layers),
                        Math.toIntExact(hidden),
                        Math.toIntExact(heads),
                        Math.toIntExact(reading.run().count(Column.KV_HEADS).orElse(heads)),
                        Math.toIntExact(Math.max(1, hidden / heads)),
                        (int) Math.min(Integer.MAX_VALUE, reading.countOr(Column.FFN_HIDDEN, width, widthRule)),
                        architecture.gatedMlp,
                        Math.toIntExact(composed ? ComposedTraces.vocabulary(reading, words) : words),
                        composed ? 1 : VOCABULARY_MULTIPLE,
                        architecture.learnedPositions ? Math.toIntExact(sequence) : 0,
                        architecture.rotary,
                        architecture.biases,
                        architecture.tiedHead && !composed,
                        architecture.dropout)
                .architecture();
    }

    /// A dimension that the row states, else that of the catalog's model of that name.
    private static long required(Reading reading, CatalogModels models, Column column, String key) {
        OptionalLong known = models.dimension(reading.run().text(Column.MODEL), key);
        return known.isPresent()
                ? reading.countOr(column, known.getAsLong(), "by the model's name")
                : reading.required(column);
    }
}
