// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.page;

import dev.dryrun.validation.published.measure.Prediction;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// A part of a predicted step: what belongs together of its breakdown.
///
/// @param part which
/// @param seconds mean over GPUs, every instant once
/// @param pct of the step
record StepShare(Part part, double seconds, double pct) {
    private static final double VISIBLE_PCT = 0.05;

    /// Parts that a reader tells apart.
    enum Part {
        COMPUTE("compute", "compute optimizer"),
        RECOMPUTE("recomputation", "recompute"),
        COMMUNICATION("exposed communication", "tensor_comm pipeline_comm data_comm expert_comm context_comm offload"),
        BUBBLE("bubble", "bubble"),
        HOST("waits for the host", "host"),
        REST("waits and the rest", "imbalance other");

        private final String words;
        /// Of the breakdown, with a blank between them.
        private final String categories;

        Part(String words, String categories) {
            this.words = words;
            this.categories = categories;
        }
    }

    String words() {
        return part.words;
    }

    /// Parts that take time worth printing, in their order; none where the simulator does not tell.
    static List<StepShare> of(Prediction prediction) {
        return Arrays.stream(Part.values())
                .map(part -> {
                    double seconds = Stream.of(part.categories.split(" ", -1))
                            .mapToDouble(
                                    category -> prediction.breakdownSeconds().getOrDefault(category, 0.0))
                            .sum();
                    return new StepShare(part, seconds, 100 * seconds / prediction.stepSeconds());
                })
                .filter(share -> share.pct >= VISIBLE_PCT)
                .toList();
    }
}
