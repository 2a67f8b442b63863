// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

/// What a collective does. With each the meaning of its `bytes`, which is that of nccl-tests.
public enum CollectiveKind {
    /// Every rank ends with the sum. Bytes: the buffer of one rank.
    ALL_REDUCE,
    /// Every rank ends with the parts of all. Bytes: the total over ranks, which each ends with.
    ALL_GATHER,
    /// Every rank ends with its part of the sum. Bytes: the total over ranks, which each starts with.
    REDUCE_SCATTER,
    /// Every rank ends with what the first has. Bytes: the buffer.
    BROADCAST,
    /// The first rank ends with the sum. Bytes: the buffer of one rank.
    REDUCE,
    /// Every rank has an equal part for each, itself included. Bytes: the buffer of one rank.
    ALL_TO_ALL,
    /// The first of two ranks sends to the second. Bytes: the message.
    SEND_RECV,
    /// Nobody goes on before all have come: an all-reduce of nothing. Bytes: none, whatever is asked for.
    BARRIER;

    /// Bytes that each rank of a ring sends, and receives, per byte: 2(n-1)/n for all-reduce, (n-1)/n for
    /// all-gather, reduce-scatter and all-to-all, else 1. Source: nccl-tests, doc/PERFORMANCE.md.
    public double traffic(int ranks) {
        return switch (this) {
            case ALL_REDUCE -> 2.0 * (ranks - 1) / ranks;
            case ALL_GATHER, REDUCE_SCATTER, ALL_TO_ALL -> (double) (ranks - 1) / ranks;
            case BROADCAST, REDUCE, SEND_RECV -> 1;
            case BARRIER -> 0;
        };
    }

    /// Whether rings and trees do it; else each rank sends straight to its peers.
    boolean ringOrTree() {
        return switch (this) {
            case ALL_REDUCE, ALL_GATHER, REDUCE_SCATTER, BROADCAST, REDUCE -> true;
            case ALL_TO_ALL, SEND_RECV, BARRIER -> false;
        };
    }

    /// Whether it moves bytes.
    public boolean hasBytes() {
        return this != BARRIER;
    }

    /// How often a ring goes around: an all-reduce is a reduce-scatter and an all-gather.
    public int rounds() {
        return this == ALL_REDUCE ? 2 : 1;
    }
}
