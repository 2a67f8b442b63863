// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import org.jspecify.annotations.Nullable;

/// A decoder-only transformer: `layers` equal blocks of attention and MLP between an embedding and a head. It is what
/// the simulator knows of a [ModelArchitecture].
///
/// @param name as in the catalog
/// @param layers blocks
/// @param hidden width of the residual stream
/// @param heads query heads
/// @param keyValueHeads key and value heads; equal to heads unless grouped
/// @param headDimension width of a head
/// @param ffnHidden width of the MLP, per matrix
/// @param gatedMlp whether the MLP has a gate (three matrices instead of two)
/// @param vocabulary entries before padding
/// @param vocabularyMultiple the padded vocabulary is a multiple of this times the tensor size
/// @param positions learned position embeddings; 0 where positions are rotary or by attention bias
/// @param rotary whether queries and keys are rotated
/// @param biases whether linear layers and norms have biases
/// @param tiedHead whether the head shares the embedding's matrix
/// @param dropout whether dropout runs in training
public record TransformerModel(
        String name,
        int layers,
        int hidden,
        int heads,
        int keyValueHeads,
        int headDimension,
        int ffnHidden,
        boolean gatedMlp,
        int vocabulary,
        int vocabularyMultiple,
        int positions,
        boolean rotary,
        boolean biases,
        boolean tiedHead,
        boolean dropout) {
    public TransformerModel {
        requirePositive("layers", layers);
        requirePositive("hidden", hidden);
        requirePositive("heads", heads);
        requirePositive("keyValueHeads", keyValueHeads);
        requirePositive("headDimension", headDimension);
        requirePositive("ffnHidden", ffnHidden);
        requirePositive("vocabulary", vocabulary);
        requirePositive("vocabularyMultiple", vocabularyMultiple);
        if (positions < 0) {
            throw new IllegalArgumentException("positions is " + positions + "; it must be at least 0");
        }
        if (heads % keyValueHeads != 0) {
            throw new IllegalArgumentException(
                    "keyValueHeads is " + keyValueHeads + "; it must divide the " + heads + " heads");
        }
    }

    /// Width of all query heads together.
    public long queryWidth() {
        return (long) heads * headDimension;
    }

    /// Width of all key heads together, which is that of the value heads.
    public long keyValueWidth() {
        return (long) keyValueHeads * headDimension;
    }

    /// Width that the first matrix of the MLP puts out: gate and up projection together where it is gated.
    public long ffnInputWidth() {
        return gatedMlp ? 2L * ffnHidden : ffnHidden;
    }

    /// Vocabulary entries with padding, so that every tensor rank holds equally many:
    /// the next multiple of `vocabularyMultiple * tensor`.
    /// Source: Megatron-LM, `vocab_size_with_padding`.
    public long paddedVocabulary(int tensor) {
        long multiple = (long) vocabularyMultiple * tensor;
        return Math.ceilDiv(vocabulary, multiple) * multiple;
    }

    /// Key and value heads that a tensor rank holds; where there are fewer than ranks, ranks hold copies.
    public int keyValueHeadsOfRank(int tensor) {
        return Math.max(1, keyValueHeads / tensor);
    }

    /// Why the matrices of a layer cannot be shared by that many tensor ranks, or null where they can.
    public @Nullable String problemWithTensor(int tensor) {
        if (tensor < 1) {
            return "tensor must be at least 1, not " + tensor;
        }
        if (heads % tensor != 0) {
            return "tensor must divide the %d heads of %s, not %d".formatted(heads, name, tensor);
        }
        if (ffnHidden % tensor != 0) {
            return "tensor must divide the MLP width %d of %s, not %d".formatted(ffnHidden, name, tensor);
        }
        if (keyValueHeads % tensor != 0 && tensor % keyValueHeads != 0) {
            return "tensor must divide the %d key and value heads of %s or be a multiple of them, not %d"
                    .formatted(keyValueHeads, name, tensor);
        }
        return null;
    }

    /// Parameters of the whole model, a tied head counted once, without padding of the vocabulary.
    public long parameters() {
        var counts = new ParameterCounts(this, 1, vocabulary);
        return layers * counts.layer() + counts.embedding() + counts.finalNorm() + (tiedHead ? 0 : counts.head());
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
        }
    }
}
