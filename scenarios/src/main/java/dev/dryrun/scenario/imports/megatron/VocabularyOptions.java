// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The size of the vocabulary: given as a number, or by the tokenizer.
///
/// Sizes of tokenizers are those of their published vocabularies: GPT-2 50,257 (Radford et al., 2019); BERT 30,522 in
/// lower case and 28,996 in mixed case (Devlin et al., 2018, arXiv:1810.04805, and the published vocabularies); Llama 2
/// 32,000 (Touvron et al., 2023, arXiv:2307.09288); Llama 3 128,256 (arXiv:2407.21783). A tokenizer in a file of its
/// own leaves the size open, unless the file's name is that of a published model.
final class VocabularyOptions {
    private static final long LARGEST = 1L << 28;
    private static final Map<String, Long> TOKENIZERS = Map.of(
            "GPT2BPETokenizer", 50_257L,
            "BertWordPieceLowerCase", 30_522L,
            "BertWordPieceCase", 28_996L,
            "Llama2Tokenizer", 32_000L);

    private VocabularyOptions() {}

    static void read(Reading reading) {
        Option padded = reading.find("--padded-vocab-size", "--pad-vocab-size-to");
        if (padded != null) {
            Option multiple = reading.find("--make-vocab-size-divisible-by");
            reading.copy("model.vocabulary", 1, LARGEST, padded.name());
            reading.set("model.vocabulary_multiple", 1L, padded, padded.name() + " says the padded size");
            if (multiple != null) {
                multiple.free(padded.name() + " says the padded size");
            }
            return;
        }
        reading.copy("model.vocabulary_multiple", 1, LARGEST, "--make-vocab-size-divisible-by");
        Option tokenizer = reading.find("--tokenizer-type");
        Option size = reading.find("--vocab-size");
        if (size != null) {
            given(reading, size, tokenizer);
        } else {
            byTokenizer(reading, tokenizer);
        }
    }

    /// A tokenizer that only counts adds a token for the end of a document to the size that it is given.
    private static void given(Reading reading, Option size, @Nullable Option tokenizer) {
        Long number = reading.copy("model.vocabulary", 1, LARGEST, size.name());
        boolean counts = tokenizer != null && tokenizer.text().equals("NullTokenizer");
        if (number != null && counts) {
            reading.set("model.vocabulary", number + 1, size, "--vocab-size and the end of a document");
        }
    }

    /// The tokenizer that a program of Megatron-LM takes where none is named: its `args_defaults`. Null where it is not
    /// one of those programs.
    private static @Nullable String usual(String program) {
        if (program.matches("pretrain_gpt2?(_\\w+)?\\.py")) {
            return "GPT2BPETokenizer";
        }
        return program.matches("pretrain_(bert|t5)\\.py") ? "BertWordPieceLowerCase" : null;
    }

    private static void byTokenizer(Reading reading, @Nullable Option tokenizer) {
        String model = reading.text("--tokenizer-model", "--tokenizer-name-or-path");
        Long size = tokenizer == null ? null : TOKENIZERS.get(tokenizer.text());
        String remark = tokenizer == null ? "" : "--tokenizer-type " + Reading.shortened(tokenizer.text());
        String usual =
                tokenizer == null && model == null ? usual(reading.launch().programName()) : null;
        if (usual != null) {
            Long extra = reading.number(0, LARGEST, "--vocab-extra-ids");
            reading.assume(
                    "model.vocabulary",
                    TOKENIZERS.getOrDefault(usual, 0L) + (extra == null ? 0 : extra),
                    usual + ", the default of " + reading.launch().programName());
            return;
        }
        if (size == null && tokenizer == null && reading.has("--vocab-file", "--merge-file")) {
            reading.leaveOpen("model.vocabulary", "the launch names files, but neither --tokenizer-type nor a size");
            return;
        }
        if (size == null && model != null && model.toLowerCase(Locale.ROOT).matches(".*llama-?3.*")) {
            size = 128_256L;
            remark = "assumed of a tokenizer that is called " + Reading.shortened(model);
        }
        if (size == null || tokenizer == null) {
            String what = tokenizer == null ? "the launch has no --vocab-size" : remark + " reads a file";
            reading.leaveOpen("model.vocabulary", what + "; entries before padding");
            if (tokenizer != null) {
                tokenizer.notModelled("its size is in a file that is not read");
            }
            return;
        }
        Long extra = reading.number(0, LARGEST, "--vocab-extra-ids");
        reading.set("model.vocabulary", size + (extra == null ? 0 : extra), tokenizer, remark);
    }
}
