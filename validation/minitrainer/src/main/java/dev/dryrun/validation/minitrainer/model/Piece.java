// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;
import dev.dryrun.validation.minitrainer.weights.Unit;
import java.util.List;

/// A part of the model through which a pass goes from the residual stream to the residual stream.
public interface Piece {
    /// What its weights are in.
    List<Unit> units();

    /// The stream behind it. What it makes on the way is the tape's.
    Value forward(Tape tape, Value x);
}
