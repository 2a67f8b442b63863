// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.silu;

import dev.dryrun.strategy.model.DenseFeedForward;
import dev.dryrun.strategy.model.ExpertFeedForward;
import dev.dryrun.strategy.model.FeedForward;
import dev.dryrun.strategy.model.Norm;
import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;
import dev.dryrun.validation.minitrainer.tape.Weight;
import dev.dryrun.validation.minitrainer.weights.Unit;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/// The MLP or the experts of one block, from their norm to their addition to the residual stream.
///
/// @param layer number of the block
/// @param feedForward dimensions
/// @param norm ahead of it
/// @param share of the rank
/// @param unit with the weights
/// @param again whether what is between its exchanges runs again in the backward pass
record FeedForwardPiece(int layer, FeedForward feedForward, Norm norm, Share share, Unit unit, boolean again) {
    Value forward(Tape tape, Value x) {
        Value normed = NormKernel.run(tape, x, unit, Shapes.name(layer, "mlp.norm"), norm);
        Value entered = share.enter(tape, normed);
        Value inner = again
                ? tape.again(List.of(entered), (within, inputs) -> inside(within, inputs.getFirst()))
                : inside(tape, entered);
        Value left = share.leave(tape, inner);
        boolean bias = feedForward instanceof DenseFeedForward dense && dense.biases();
        return tape.add("residual", x, left, bias ? weight("down.bias") : null);
    }

    private Value inside(Tape tape, Value x) {
        return switch (feedForward) {
            case DenseFeedForward dense -> {
                Value up = tape.linear("mlp up", x, weight("up"), dense.biases() ? weight("up.bias") : null);
                Value active = tape.kernel(
                        "activate", List.of(up), List.of(), (inputs, weights) -> activated(inputs[0], dense.gated()));
                yield tape.linear("mlp down", active, weight("down"), null);
            }
            case ExpertFeedForward experts ->
                tape.kernel(
                        "experts",
                        List.of(x),
                        List.of(weight("router"), weight("experts.up"), weight("experts.down")),
                        (inputs, weights) -> Experts.of(inputs[0], weights[0], weights[1], weights[2], experts));
            default -> throw new IllegalStateException("no kernels for " + feedForward);
        };
    }

    /// GELU by its tanh approximation; SiLU of the gate times the other half where there is one.
    static Tensor activated(Tensor up, boolean gated) {
        if (!gated) {
            return gelu(up, "tanh");
        }
        long last = up.dim() - 1;
        long half = up.size(last) / 2;
        return silu(up.narrow(last, 0, half)).mul(up.narrow(last, half, half));
    }

    private Weight weight(String part) {
        return unit.weight(Shapes.name(layer, part));
    }
}
