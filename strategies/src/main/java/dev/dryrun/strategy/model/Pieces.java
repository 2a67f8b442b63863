// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.LayerStep.MultiplyInPieces;
import java.util.List;

/// A linear recurrence as matrix products: inside a piece of the sequence tokens see each other as in attention, what
/// came before reaches them through the state at its beginning.
///
/// For each piece of Q tokens, each head with keys of N and values of P:
///
///     scores        Q x N times N x Q       their sum     Q x Q times Q x P
///     new state     N x Q times Q x P       of the old    Q x N times N x P
///
/// 2 Q (N + P) + 4 N P operations for each token and head; the scores once for heads that share their keys.
/// Source: Dao and Gu, 2024, arXiv:2405.21060, section 6 (block decomposition, steps 1 to 4).
final class Pieces {
    private Pieces() {}

    /// @param keyHeads heads of keys that are not shared
    static void add(List<LayerStep> steps, long piece, long heads, long keyHeads, long key, long value) {
        steps.add(new MultiplyInPieces("scores of piece", piece, keyHeads, piece, piece, key));
        steps.add(new MultiplyInPieces("sum of piece", piece, heads, piece, value, piece));
        steps.add(new MultiplyInPieces("state of piece", piece, heads, key, value, piece));
        steps.add(new MultiplyInPieces("answer of state", piece, heads, piece, value, key));
    }
}
