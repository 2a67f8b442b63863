// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.strategy.model.RankParameters;
import java.util.ArrayList;
import java.util.List;

/// A pass through a chunk: its parts in the order in which they run, each with the parameters it touches.
///
/// A part is a layer, the embedding or the head; data-parallel traffic may begin or be waited for between parts.
record PassWork(List<Part> parts) {
    /// @param parameters of this rank that the part uses
    /// @param offloadedBytes of what it keeps that go to the host
    /// @param layer whether it is a layer, whose parameters can be gathered by themselves
    record Part(List<Op> ops, RankParameters parameters, boolean layer, long offloadedBytes) {
        static Part layer(List<Op> ops, RankParameters parameters, long offloadedBytes) {
            return new Part(ops, parameters, true, offloadedBytes);
        }

        /// What comes before the first layer or after the last.
        static Part end(List<Op> ops, RankParameters parameters) {
            return new Part(ops, parameters, false, 0);
        }

        /// What has no parameters.
        static Part end(List<Op> ops) {
            return end(ops, RankParameters.NONE);
        }
    }

    PassWork {
        parts = List.copyOf(parts);
    }

    /// Consecutive parts joined until each piece but the last holds at least so many trained parameters.
    List<PassWork> buckets(double parameters) {
        List<PassWork> buckets = new ArrayList<>();
        List<Part> joined = new ArrayList<>();
        double held = 0;
        for (Part part : parts) {
            joined.add(part);
            held += part.parameters().trained().total();
            if (held >= parameters) {
                buckets.add(new PassWork(joined));
                joined.clear();
                held = 0;
            }
        }
        if (!joined.isEmpty()) {
            buckets.add(new PassWork(joined));
        }
        return buckets;
    }

    /// Parameters of this rank that the pass uses.
    RankParameters parameters() {
        RankParameters sum = RankParameters.NONE;
        for (Part part : parts) {
            sum = sum.plus(part.parameters());
        }
        return sum;
    }
}
