// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.validation.published.mapping.CatalogNames;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Predictor;
import dev.dryrun.validation.published.measure.Scoring;
import java.util.Set;

/// The step simulation with its catalog, as something that is judged.
final class StepSimulator implements Predictor {
    Scoring scoring() {
        return new Scoring(new RunMapping(new CatalogNames(Set.of(), Set.of(), Set.of())), this);
    }

    @Override
    public Prediction predict(JobSketch job) {
        throw new Unpredictable("the step simulation is not part of this build");
    }
}
