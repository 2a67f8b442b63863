// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.strategy.model.TransformerModel;
import dev.dryrun.strategy.recompute.Recompute;

/// Bytes of activations of one layer on one tensor rank, per token of the micro-batch.
///
/// h hidden, a heads, q and k the widths of the query and of the key heads, F the MLP's width, u the width its first
/// matrix puts out, s sequence length, t tensor ranks, r = t with sequence parallelism and 1 without. 16-bit elements:
///
///     inputs of the two norms                         4 h / r
///     outputs of the two norms (inputs of QKV, fc1)   4 h / r
///     queries, keys, values                           2 (q + 2k) / t
///     attention core: scores after softmax            2 a s / t
///       with dropout also its mask and its output     3 a s / t
///       flash: softmax statistics instead of both     4 a / t
///     input of the projection                         2 q / t
///     output of fc1, input of fc2                     (2 u + 2 F) / t
///     dropout masks behind projection and fc2         2 h / r     with dropout only
///
/// With dropout, q = k = h and F = u = 4h that is h (34 + 5as/h) for t = 1, h (10 + 24/t + 5as/ht) with tensor
/// parallelism, h (34 + 5as/h)/t with sequence parallelism; selective recomputation drops the core, full recomputation
/// keeps the input of the layer only: 2h. Source: Korthikanti et al., 2022, arXiv:2205.05198, eqs. 1, 2, 4 and table 2.
/// Without dropout and with flash it is (12h + 4k + 6F + 4a)/t for a gated, grouped layer, as Transformer Engine keeps
/// it.
///
/// @param model whose layer it is
/// @param tensor ranks that share the matrices
/// @param sequenceParallel whether norms and residuals are split over them too
/// @param flash whether scores are never written
/// @param sequenceLength tokens that attend to each other
/// @param elementBytes of an activation: 2, or 4 in fp32
public record LayerActivations(
        TransformerModel model,
        int tensor,
        boolean sequenceParallel,
        boolean flash,
        long sequenceLength,
        int elementBytes) {
    /// Bytes kept from the forward to the backward pass.
    public double kept(Recompute recompute) {
        return switch (recompute) {
            case NONE -> attentionPart() + core() + mlpPart();
            case SELECTIVE -> attentionPart() + mlpPart();
            case FULL -> residual();
        };
    }

    /// Most bytes of scratch in the forward pass beyond what is kept: the layer's output, or, where nothing but the
    /// input is kept, the larger of attention's and the MLP's tensors.
    public double forwardScratch(Recompute recompute) {
        return switch (recompute) {
            case NONE -> residual();
            case SELECTIVE -> Math.max(residual(), core());
            case FULL -> Math.max(attentionPart() - residual() + core(), mlpPart());
        };
    }

    /// Most bytes of scratch in the backward pass beyond what is kept, recomputed tensors included.
    ///
    /// Two moments compete. In the MLP, the received gradient and that of fc1's output are alive: 2h/r + 2u/t. In
    /// the attention core, the MLP's tensors are gone, and alive are the received gradient, that of the
    /// projection's input and those of scores before and after softmax (flash: of queries, keys and values), and
    /// the core itself if it is recomputed.
    public double backwardScratch(Recompute recompute) {
        return switch (recompute) {
            case NONE -> Math.max(mlpMoment(), attentionMoment());
            case SELECTIVE -> Math.max(mlpMoment(), attentionMoment() + core());
            case FULL -> kept(Recompute.NONE) - residual() + Math.max(mlpMoment(), attentionMoment());
        };
    }

    /// Most bytes of scratch while the gradients of the inputs are made and what those of the weights need stays: in
    /// the attention core the MLP's share of it is still there.
    public double inputGradientScratch(Recompute recompute) {
        double core = attentionMoment() + mlpHeldForWeights();
        return switch (recompute) {
            case NONE -> Math.max(mlpMoment(), core);
            case SELECTIVE -> Math.max(mlpMoment(), core + core());
            case FULL -> kept(Recompute.NONE) - residual() + Math.max(mlpMoment(), core);
        };
    }

    /// Bytes that stay from the gradients of the inputs until those of the weights: of each product its input, as the
    /// forward pass kept it, and the gradient of its output, at full width where it is that of the residual stream.
    ///
    ///     2 h / r + 2 q / t + 2 h / r + 2 F / t   inputs of QKV, projection, fc1 and fc2
    ///     2 (q + 2k) / t + 2 h + 2 u / t + 2 h    gradients of their outputs
    ///
    /// With q = k = h, F = u = 4h and t = 1 that is 32 h. Source: Qi et al., 2023, arXiv:2401.10241, table 2.
    public double heldForWeights() {
        return residual() + projectionInput() + queryKeyValue() + wideGradient() + mlpHeldForWeights();
    }

    private double mlpHeldForWeights() {
        return residual() + (double) elementBytes * model.ffnHidden() / tensor + ffnInput() + wideGradient();
    }

    private double wideGradient() {
        return (double) elementBytes * model.hidden();
    }

    /// One tensor of the residual stream: what passes from layer to layer.
    public double residual() {
        return (double) elementBytes * model.hidden() / residualRanks();
    }

    /// One dropout mask of the residual stream, or 0 without dropout.
    public double residualMask() {
        return model.dropout() ? (double) model.hidden() / residualRanks() : 0;
    }

    private double core() {
        double scores = (double) model.heads() * sequenceLength / tensor;
        if (flash) {
            return 4.0 * model.heads() / tensor;
        }
        return (model.dropout() ? 2 * elementBytes + 1 : elementBytes) * scores;
    }

    private double attentionPart() {
        return 2 * residual() + queryKeyValue() + projectionInput() + residualMask();
    }

    private double mlpPart() {
        return 2 * residual() + ffnInput() + (double) elementBytes * model.ffnHidden() / tensor + residualMask();
    }

    private double mlpMoment() {
        return residual() + ffnInput();
    }

    private double attentionMoment() {
        double scoreGradients = flash ? queryKeyValue() : 2.0 * elementBytes * model.heads() * sequenceLength / tensor;
        return residual() + projectionInput() + scoreGradients - mlpPart();
    }

    private double queryKeyValue() {
        double keyValue = 2.0 * model.keyValueHeadsOfRank(tensor) * model.headDimension();
        return elementBytes * ((double) model.queryWidth() / tensor + keyValue);
    }

    private double projectionInput() {
        return (double) elementBytes * model.queryWidth() / tensor;
    }

    private double ffnInput() {
        return (double) elementBytes * model.ffnInputWidth() / tensor;
    }

    private int residualRanks() {
        return sequenceParallel ? tensor : 1;
    }
}
