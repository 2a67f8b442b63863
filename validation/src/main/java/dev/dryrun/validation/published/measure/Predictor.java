// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import dev.dryrun.validation.published.mapping.JobSketch;

/// A simulator that is judged. Used from several threads at once.
@FunctionalInterface
public interface Predictor {
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
