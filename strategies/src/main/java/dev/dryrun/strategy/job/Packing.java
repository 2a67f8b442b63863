// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

import java.util.List;

/// Documents that are put one behind the other into sequences, each of which sees itself only. What is cut off at the
/// end of a sequence goes on in the next.
///
/// @param lengths of documents, in tokens; empty where each sequence is one document
/// @param shares of the documents that have these lengths; any positive numbers, which are put in proportion
/// @param seed of the draw
public record Packing(List<Integer> lengths, List<Double> shares, long seed) {
    /// Each sequence is one document.
    public static final Packing NONE = new Packing(List.of(), List.of(), 1);

    public Packing {
        lengths = List.copyOf(lengths);
        shares = List.copyOf(shares);
        if (lengths.size() != shares.size()) {
            throw new IllegalArgumentException(
                    lengths.size() + " lengths have " + shares.size() + " shares; each needs one");
        }
        if (lengths.stream().anyMatch(length -> length < 1)
                || shares.stream().anyMatch(share -> !(share > 0 && share < Double.POSITIVE_INFINITY))) {
            throw new IllegalArgumentException("lengths and shares must be positive, not " + lengths + " " + shares);
        }
    }

    /// Whether sequences hold documents of several lengths.
    public boolean packs() {
        return !lengths.isEmpty();
    }
}
