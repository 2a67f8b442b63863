// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Predictor;

/// The step simulation as a predictor.
final class StepPredictor implements Predictor {
    @Override
    public Prediction predict(JobSketch job) {
        throw new Unpredictable("the step simulation is not part of this build");
    }
}
