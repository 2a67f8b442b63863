// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import dev.dryrun.strategy.model.Norm;
import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;
import dev.dryrun.validation.minitrainer.weights.Unit;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// The norm behind the last block, the matrix that makes logits, and the loss.
///
/// @param share of the rank
/// @param norm null where there is none
/// @param normUnit with its weights, null where there is none
/// @param matrix unit with the head's matrix
/// @param matrixName of its weight: the head's own, or the table of words
/// @param vocabulary entries before padding
public record HeadPiece(
        Share share, @Nullable Norm norm, @Nullable Unit normUnit, Unit matrix, String matrixName, long vocabulary) {
    public List<Unit> units() {
        List<Unit> units = new ArrayList<>();
        if (normUnit != null) {
            units.add(normUnit);
        }
        units.add(matrix);
        return units;
    }

    /// Mean cross-entropy over tokens.
    ///
    /// @param targets of sequence by batch
    public Value loss(Tape tape, Value x, Tensor targets) {
        Value normed = norm == null || normUnit == null ? x : NormKernel.run(tape, x, normUnit, "norm", norm);
        Value entered = share.enter(tape, normed);
        Value logits = tape.linear("head", entered, matrix.weight(matrixName), null);
        return tape.kernel(
                "loss",
                List.of(logits),
                List.of(),
                (inputs, weights) -> CrossEntropy.of(inputs[0], targets, share.tensor(), vocabulary));
    }
}
