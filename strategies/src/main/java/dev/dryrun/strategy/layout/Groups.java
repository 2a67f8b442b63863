// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.layout;

/// Groups of one kind, counted from 0.
interface Groups {
    int count();

    /// Ranks of a group in its order; the sender first where one sends to the other.
    int[] ranksOf(int group);
}
