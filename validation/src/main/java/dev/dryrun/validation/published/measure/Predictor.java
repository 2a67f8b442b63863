// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.validation.published.mapping.JobSketch;
import java.util.List;

/// A simulator that is judged. Used from several threads at once.
@FunctionalInterface
public interface Predictor {
    /// The job with what its row leaves open settled.
    ///
    /// @param assumed hears of each choice in a short phrase
    default JobSketch settle(JobSketch job, List<String> assumed) {
        return job;
    }

    /// Predicts one job.
    ///
    /// @throws Unpredictable where the job is outside what the simulator can do
    Prediction predict(JobSketch job);

    /// Refusal of a job, with the reason in its message.
    final class Unpredictable extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Unpredictable(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
