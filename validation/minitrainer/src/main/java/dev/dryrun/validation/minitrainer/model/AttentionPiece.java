// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.model.GroupedQueryAttention;
import dev.dryrun.strategy.model.Norm;
import dev.dryrun.validation.minitrainer.tape.Kernel;
import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;
import dev.dryrun.validation.minitrainer.tape.Weight;
import dev.dryrun.validation.minitrainer.weights.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Causal attention of one block, from its norm to its addition to the residual stream.
///
/// @param layer number of the block
/// @param attention its dimensions
/// @param norm ahead of it
/// @param share of the rank
/// @param unit with the weights
/// @param kind of core: fused, or with scores in memory
/// @param coreAgain whether the core runs again in the backward pass
/// @param rotation of queries and keys, null where there is none
record AttentionPiece(
        int layer,
        GroupedQueryAttention attention,
        Norm norm,
        Share share,
        Unit unit,
        Stack.Attention kind,
        boolean coreAgain,
        @Nullable Rotation rotation) {
    Value forward(Tape tape, Value x) {
        Value normed = NormKernel.run(tape, x, unit, Shapes.name(layer, "attention.norm"), norm);
        Value entered = share.enter(tape, normed);
        Weight bias = attention.queryKeyValueBiases() ? weight("qkv.bias") : null;
        Value joint = tape.linear("qkv", entered, weight("qkv"), bias);
        Heads heads = Heads.of(attention, share.ranks());
        if (rotation != null) {
            Kernel rotate = (inputs, weights) -> rotation.of(inputs[0], heads);
            joint = tape.kernel("rotate", List.of(joint), List.of(), rotate);
        }
        Kernel core = (inputs, weights) -> AttentionCore.of(inputs[0], heads, kind);
        Value attended = coreAgain
                ? tape.again(List.of(joint), (inner, inputs) -> inner.kernel("attend", inputs, List.of(), core))
                : tape.kernel("attend", List.of(joint), List.of(), core);
        Value left = share.leave(tape, tape.linear("projection", attended, weight("projection"), null));
        return tape.add("residual", x, left, attention.outputBias() ? weight("projection.bias") : null);
    }

    private Weight weight(String part) {
        return unit.weight(Shapes.name(layer, part));
    }
}
