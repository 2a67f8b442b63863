// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.strategy.job.Routing;
import dev.dryrun.strategy.model.LayerStep;

/// How many of a micro-batch's tokens a rank has, on the residual stream and of copies for experts.
///
/// @param residualRanks ranks of a tensor group that have the tokens of the residual stream by turns: with sequence
///     parallelism the group's size, else 1
/// @param inPieces whether keys and values of a sequence come in pieces from other ranks, and attention keeps a second
///     result to put them together
/// @param routing how evenly experts are loaded
public record TokenSpread(int residualRanks, boolean inPieces, Routing routing) {
    /// Elements for each token of the micro-batch, of a tensor of that width on the residual stream.
    public double residual(long width) {
        return (double) width / residualRanks;
    }

    /// Copies that the experts of the fullest rank have for each token of the micro-batch: with
    /// the tokens split, a rank sends k copies of its own and gathers those of the ranks that share its experts'
    /// matrices.
    public double copies(LayerStep.Copies copies) {
        if (copies.equals(LayerStep.Copies.ONE)) {
            return 1;
        }
        int gathered = residualRanks > 1 ? copies.tensorRanks() : 1;
        double load = routing.load(copies.experts(), copies.expertRanks());
        return load * copies.active() * gathered / residualRanks;
    }
}
