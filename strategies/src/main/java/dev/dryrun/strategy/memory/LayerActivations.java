// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.strategy.model.LayerStep;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// Bytes of activations of one layer on one rank, per token of the micro-batch.
///
/// A step keeps its input for the backward pass unless an earlier one keeps the same tensor. For a dense layer with
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
///
/// A mixture of experts keeps, for each of the k copies of a token, the inputs of its two products and of its
/// activation, and of the router 16 E + 16 k bytes: scores, probabilities and maps.
///
/// A recurrence keeps what its steps say; states within the sequence are made once more.
///
/// @param sublayers steps of each sublayer, as this rank sees them
/// @param spread how the residual stream lies on the ranks
/// @param flash whether scores are never written
/// @param sequenceLength tokens that attend to each other
/// @param elementBytes of an activation: 2, or 4 in fp32
/// @param dropout whether dropout runs
public record LayerActivations(
        List<List<LayerStep>> sublayers,
        TokenSpread spread,
        boolean flash,
        long sequenceLength,
        int elementBytes,
        boolean dropout) {
    private static final long ROUTER_BYTES = 16;

    public LayerActivations {
        sublayers = List.copyOf(sublayers);
    }

    /// Bytes kept from the forward to the backward pass.
    public double kept(Recompute recompute) {
        return switch (recompute) {
            case NONE -> sum(this::saved) + cores();
            case SELECTIVE -> sum(this::saved);
            case FULL -> residual();
        };
    }

    /// Most bytes of scratch in the forward pass beyond what is kept: the layer's output, or, where nothing but the
    /// input is kept, the largest sublayer's tensors.
    public double forwardScratch(Recompute recompute) {
        return switch (recompute) {
            case NONE -> residual();
            case SELECTIVE -> Math.max(residual(), cores());
            case FULL -> {
                double most = 0;
                for (int i = 0; i < sublayers.size(); i++) {
                    double kept = saved(sublayers.get(i)) + core(sublayers.get(i));
                    most = Math.max(most, i == 0 ? kept - residual() : kept);
                }
                yield most;
            }
        };
    }

    /// Most bytes of scratch in the backward pass beyond what is kept, recomputed tensors included.
    ///
    /// In each sublayer one moment counts, when the gradients of its widest tensors are alive beside the received one
    /// and the tensors of the sublayers behind it are gone: in an MLP the gradient of fc1's output, 2h/r + 2u/t; in the
    /// attention core those of the projection's input and of scores before and after softmax (flash: of queries, keys
    /// and values), and the core itself if it is recomputed.
    public double backwardScratch(Recompute recompute) {
        return scratch(recompute, false);
    }

    /// Most bytes of scratch while the gradients of the inputs are made and what those of the weights need stays: that
    /// of the sublayers behind is still there.
    public double inputGradientScratch(Recompute recompute) {
        return scratch(recompute, true);
    }

    private double scratch(Recompute recompute, boolean holdsForWeights) {
        double most = 0;
        double behind = 0;
        for (int i = sublayers.size() - 1; i >= 0; i--) {
            List<LayerStep> steps = sublayers.get(i);
            double again = recompute == Recompute.SELECTIVE ? core(steps) : 0;
            most = Math.max(most, residual() + gradients(steps) + again + behind);
            behind += (holdsForWeights ? held(steps) : 0)
                    - saved(steps)
                    - (recompute == Recompute.SELECTIVE ? 0 : core(steps));
        }
        return recompute == Recompute.FULL ? kept(Recompute.NONE) - residual() + most : most;
    }

    /// Bytes that stay from the gradients of the inputs until those of the weights: of each product its input, as the
    /// forward pass kept it, and the gradient of its output, at full width where it is that of the residual stream.
    ///
    ///     2 h / r + 2 q / t + 2 h / r + 2 F / t   inputs of QKV, projection, fc1 and fc2
    ///     2 (q + 2k) / t + 2 h + 2 u / t + 2 h    gradients of their outputs
    ///
    /// With q = k = h, F = u = 4h and t = 1 that is 32 h. Source: Qi et al., 2023, arXiv:2401.10241, table 2.
    public double heldForWeights() {
        return sum(this::held);
    }

    /// One tensor of the residual stream: what passes from layer to layer.
    public double residual() {
        return elementBytes * spread.residual(width());
    }

    /// One dropout mask of the residual stream, or 0 without dropout.
    public double residualMask() {
        return dropout ? spread.residual(width()) : 0;
    }

    private long width() {
        return switch (sublayers.getFirst().getFirst()) {
            case LayerStep.Normalise norm -> norm.width();
            case LayerStep other -> throw new IllegalStateException("a sublayer begins with " + other);
        };
    }

    private double sum(ToDoubleFunction<List<LayerStep>> of) {
        return sublayers.stream().mapToDouble(of).sum();
    }

    private double cores() {
        return sum(this::core);
    }

    /// What a sublayer keeps beside its attention core.
    private double saved(List<LayerStep> steps) {
        double sum = 0;
        for (LayerStep step : steps) {
            sum += elementBytes * keptElements(step) + keptBytes(step);
        }
        return sum;
    }

    private double keptElements(LayerStep step) {
        return switch (step) {
            case LayerStep.Normalise norm -> norm.inside() ? norm.keptWidth() : spread.residual(norm.keptWidth());
            case LayerStep.Multiply product -> product.keepsInput() ? inputOf(product) : 0;
            case LayerStep.SplitHeads ignored -> 0;
            case LayerStep.Rotate ignored -> 0;
            case LayerStep.Attend attend ->
                (double) attend.keptWidth() + (spread.inPieces() ? attend.outputWidth() : 0);
            case LayerStep.Activate activate -> spread.copies(activate.copies()) * activate.inputWidth();
            case LayerStep.AddResidual ignored -> 0;
            case LayerStep.AddAdapter ignored -> 0;
            case LayerStep.Recur recur -> recur.inside() ? recur.kept() : spread.residual(recur.kept());
            case LayerStep.MultiplyInPieces ignored -> 0;
            case LayerStep.Route route -> spread.residual(route.hidden());
            case LayerStep.Dispatch ignored -> 0;
            case LayerStep.MultiplyByExpert product -> spread.copies(product.copies()) * product.inputs();
            case LayerStep.Combine ignored -> 0;
        };
    }

    /// What is kept in a format of its own.
    private double keptBytes(LayerStep step) {
        return switch (step) {
            case LayerStep.AddResidual add -> dropout ? spread.residual(add.width()) : 0;
            case LayerStep.Route route ->
                spread.residual(ROUTER_BYTES
                        * (route.copies().experts() + route.copies().active()));
            case LayerStep ignored -> 0;
        };
    }

    /// Width of a product's input on this rank.
    private double inputOf(LayerStep.Multiply product) {
        return product.split() == LayerStep.Split.ROWS ? product.inputs() : spread.residual(product.inputs());
    }

    /// What attention cores keep that selective recomputation drops.
    private double core(List<LayerStep> steps) {
        double sum = 0;
        for (LayerStep step : steps) {
            if (step instanceof LayerStep.Attend attend) {
                double scores = attend.heads() * attend.mask().keysOfToken(sequenceLength);
                sum += flash ? 4.0 * attend.heads() : (dropout ? 2 * elementBytes + 1 : elementBytes) * scores;
            }
        }
        return sum;
    }

    /// Most bytes of gradients inside a sublayer that are alive at once.
    private double gradients(List<LayerStep> steps) {
        double most = 0;
        for (LayerStep step : steps) {
            most = Math.max(most, gradients(step));
        }
        return most;
    }

    private double gradients(LayerStep step) {
        return switch (step) {
            case LayerStep.Attend attend -> {
                double inside = flash
                        ? attend.keptWidth()
                        : 2.0 * attend.heads() * attend.mask().keysOfToken(sequenceLength);
                yield elementBytes * (attend.outputWidth() + inside);
            }
            case LayerStep.Activate activate -> {
                double copies = spread.copies(activate.copies());
                boolean sent = !activate.copies().equals(LayerStep.Copies.ONE);
                yield elementBytes * copies * (activate.inputWidth() + (sent ? width() : 0));
            }
            case LayerStep.Recur recur -> {
                long width = recur.reads() + recur.writes();
                yield elementBytes * (recur.inside() ? width : spread.residual(width));
            }
            case LayerStep ignored -> 0;
        };
    }

    private double held(List<LayerStep> steps) {
        double sum = 0;
        for (LayerStep step : steps) {
            if (step instanceof LayerStep.Multiply product) {
                boolean whole = product.split() == LayerStep.Split.NONE;
                double outputs = whole ? spread.residual(product.outputs()) : product.outputs();
                sum += elementBytes * (inputOf(product) + outputs);
            } else if (step instanceof LayerStep.MultiplyByExpert product) {
                double copies = spread.copies(product.copies());
                sum += elementBytes * copies * ((double) product.inputs() + product.outputs());
            }
        }
        return sum;
    }
}
