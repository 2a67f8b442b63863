// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import dev.dryrun.strategy.model.Embedding;
import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;
import dev.dryrun.validation.minitrainer.tape.Weight;
import dev.dryrun.validation.minitrainer.weights.Unit;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Words and, where there are any, learned positions. A tensor group shares the rows of the table.
///
/// @param embedding of the model
/// @param share of the rank
/// @param table with the words
/// @param positions null where they are rotary or there are none
public record EmbeddingPiece(
        Embedding embedding,
        Share share,
        Unit table,
        @Nullable Unit positions) {
    public List<Unit> units() {
        List<Unit> units = new ArrayList<>(List.of(table));
        if (positions != null) {
            units.add(positions);
        }
        return units;
    }

    /// The residual stream of tokens.
    ///
    /// @param ids of sequence by batch
    public Value forward(Tape tape, Tensor ids) {
        Weight words = table.weight("table");
        long first = share.tensor().isAlone()
                ? -1
                : words.tensor().size(0) * share.tensor().place();
        Value x = share.leave(tape, tape.rows("embedding", words, ids, first));
        if (positions == null) {
            return x;
        }
        long sequence = ids.size(0);
        long tokens = share.tokens(sequence);
        long begin = share.firstToken(sequence);
        return tape.kernel(
                "positions",
                List.of(x),
                List.of(positions.weight("positions")),
                (inputs, weights) ->
                        inputs[0].add(weights[0].narrow(0, begin, tokens).unsqueeze(1)));
    }
}
