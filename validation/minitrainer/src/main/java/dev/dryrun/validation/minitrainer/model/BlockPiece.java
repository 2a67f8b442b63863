// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;
import dev.dryrun.validation.minitrainer.weights.Unit;
import java.util.List;

/// A block: attention, then an MLP or experts.
///
/// @param unit with all weights of both
public record BlockPiece(Unit unit, AttentionPiece attention, FeedForwardPiece feedForward) implements Piece {
    @Override
    public List<Unit> units() {
        return List.of(unit);
    }

    @Override
    public Value forward(Tape tape, Value x) {
        return feedForward.forward(tape, attention.forward(tape, x));
    }
}
