// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.rank;

import dev.dryrun.validation.minitrainer.model.EmbeddingPiece;
import dev.dryrun.validation.minitrainer.model.HeadPiece;
import dev.dryrun.validation.minitrainer.model.Piece;
import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;
import dev.dryrun.validation.minitrainer.weights.Replicas;
import dev.dryrun.validation.minitrainer.weights.Unit;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// A chunk of a stage: consecutive layers, with the embedding ahead of the first and the head behind the last.
///
/// @param embedding null unless the chunk is the first
/// @param stretches of layers
/// @param head null unless the chunk is the last
/// @param replicas who are told where passes are
/// @param last whether the pass that runs is the step's last backward pass of this chunk
record Chunk(
        @Nullable EmbeddingPiece embedding,
        List<Stretch> stretches,
        @Nullable HeadPiece head,
        Replicas replicas,
        BooleanSupplier last) {
    /// Layers between which nothing is kept where they run again.
    ///
    /// @param pieces the layers
    /// @param again whether they run again in the backward pass
    record Stretch(List<Piece> pieces, boolean again) {}

    /// Runs forward.
    ///
    /// @param input what the block before made; null in the first chunk
    /// @param ids of the tokens
    /// @param targets of the tokens
    /// @return the stream for the next block, or the loss
    Value forward(Tape tape, @Nullable Value input, Tensor ids, Tensor targets) {
        Value x;
        if (embedding != null) {
            x = through(tape, embedding.units(), () -> embedding.forward(tape, ids));
            tape.letGoExcept(x);
        } else if (input != null) {
            x = input;
        } else {
            throw new IllegalStateException("a chunk without embedding has got no input");
        }
        for (Stretch stretch : stretches) {
            Value before = x;
            List<Unit> units = stretch.pieces().stream()
                    .flatMap(piece -> piece.units().stream())
                    .toList();
            x = through(tape, units, () -> run(tape, stretch, before));
            tape.letGoExcept(x);
            before.drop();
        }
        if (head == null) {
            return x;
        }
        Value stream = x;
        Value loss = through(tape, head.units(), () -> head.loss(tape, stream, targets));
        tape.letGoExcept(loss);
        stream.drop();
        return loss;
    }

    private static Value run(Tape tape, Stretch stretch, Value x) {
        return stretch.again()
                ? tape.again(List.of(x), (within, inputs) -> row(within, stretch.pieces(), inputs.getFirst()))
                : row(tape, stretch.pieces(), x);
    }

    private static Value row(Tape tape, List<Piece> pieces, Value first) {
        Value x = first;
        for (Piece piece : pieces) {
            Value before = x;
            x = piece.forward(tape, before);
            tape.letGoExcept(x);
            if (before != first) {
                before.drop();
            }
        }
        return x;
    }

    private Value through(Tape tape, List<Unit> units, Supplier<Value> part) {
        tape.onBackward(() -> units.reversed().forEach(unit -> replicas.afterBackward(unit, last.getAsBoolean())));
        units.forEach(replicas::beforeForward);
        Value made = part.get();
        units.reversed().forEach(replicas::afterForward);
        tape.onBackward(() -> units.reversed().forEach(replicas::beforeBackward));
        return made;
    }
}
