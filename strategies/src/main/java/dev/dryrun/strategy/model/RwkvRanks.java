// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

/// Ranks of the low-rank products of RWKV-6 and RWKV-7; 0 where a generation has none.
///
/// @param mix of each of the five mixtures with the token before
/// @param decay of the decay
/// @param rate of the rate at which the state learns in context
/// @param value of the mixture with the values of the first block, which itself has none
/// @param gate of the gate
public record RwkvRanks(int mix, int decay, int rate, int value, int gate) {
    public static final RwkvRanks NONE = new RwkvRanks(0, 0, 0, 0, 0);

    /// Those of the first block.
    RwkvRanks ofFirstBlock() {
        return new RwkvRanks(mix, decay, rate, 0, gate);
    }
}
