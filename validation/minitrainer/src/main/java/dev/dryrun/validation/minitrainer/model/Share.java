// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import dev.dryrun.validation.minitrainer.group.Group;
import dev.dryrun.validation.minitrainer.group.TensorExchange;
import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;

/// A rank's share of the layers: its tensor group, and whether that shares tokens outside of the split matrices.
///
/// @param tensor ranks that share matrices
/// @param sequenceParallel whether they share tokens elsewhere
public record Share(Group tensor, boolean sequenceParallel) {
    public int ranks() {
        return tensor.size();
    }

    /// Where split matrices begin.
    Value enter(Tape tape, Value x) {
        return tensor.isAlone() ? x : tape.exchange(x, new TensorExchange(tensor, sequenceParallel, true));
    }

    /// Where they end.
    Value leave(Tape tape, Value x) {
        return tensor.isAlone() ? x : tape.exchange(x, new TensorExchange(tensor, sequenceParallel, false));
    }

    /// Tokens of a sequence that a rank has between layers.
    public long tokens(long sequence) {
        return sequenceParallel ? sequence / ranks() : sequence;
    }

    /// The first of them.
    long firstToken(long sequence) {
        return sequenceParallel ? tokens(sequence) * tensor.place() : 0;
    }
}
