// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import java.util.ArrayList;
import java.util.List;

/// A pass through a chunk: its parts in the order in which they run, each with the parameters it touches.
///
/// A part is a layer, the embedding or the head; data-parallel traffic may begin or be waited for between parts.
record PassWork(List<Part> parts) {
    /// @param parameters of this rank that the part uses
    record Part(List<Op> ops, double parameters) {}

    PassWork {
        parts = List.copyOf(parts);
    }

    /// All steps of the pass.
    List<Op> ops() {
        List<Op> ops = new ArrayList<>();
        for (Part part : parts) {
            ops.addAll(part.ops());
        }
        return ops;
    }

    /// Consecutive parts joined until each piece but the last holds at least so many parameters.
    List<Part> buckets(double parameters) {
        List<Part> buckets = new ArrayList<>();
        List<Op> ops = new ArrayList<>();
        double held = 0;
        for (Part part : parts) {
            ops.addAll(part.ops());
            held += part.parameters();
            if (held >= parameters) {
                buckets.add(new Part(List.copyOf(ops), held));
                ops.clear();
                held = 0;
            }
        }
        if (!ops.isEmpty()) {
            buckets.add(new Part(List.copyOf(ops), held));
        }
        return buckets;
    }
}
