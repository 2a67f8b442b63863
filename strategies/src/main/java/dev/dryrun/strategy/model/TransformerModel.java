// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// A decoder-only transformer: `layers` equal blocks of attention and MLP between an embedding and a head.
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
        boolean dropout) {}
