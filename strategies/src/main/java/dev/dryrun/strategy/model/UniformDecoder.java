// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import java.util.Collections;
import java.util.List;

/// Dimensions of a decoder-only transformer: `layers` equal blocks of attention and MLP between an embedding and a
/// head.
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
public record UniformDecoder(
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
    public UniformDecoder {
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

    /// The model of these dimensions.
    public ModelArchitecture architecture() {
        var norm = new Norm(biases);
        var attention = new GroupedQueryAttention(
                hidden,
                heads,
                keyValueHeads,
                headDimension,
                biases,
                biases,
                null,
                false,
                RelativePositions.NONE,
                rotary,
                AttentionMask.CAUSAL);
        var feedForward = new DenseFeedForward(hidden, ffnHidden, gatedMlp, biases);
        return new ModelArchitecture(
                name,
                new Embedding(vocabulary, hidden, hidden, positions, 0, null),
                List.of(new BlockGroup(
                        layers, List.of(attention, feedForward), hidden, norm, BlockForm.SERIAL, true, 0)),
                Collections.nCopies(layers, 0),
                new LogitHead(hidden, hidden, vocabulary, tiedHead),
                null,
                vocabularyMultiple,
                dropout);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
        }
    }
}
