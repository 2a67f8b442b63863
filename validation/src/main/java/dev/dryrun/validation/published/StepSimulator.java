// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.published.mapping.CatalogNames;
import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.measure.Prediction;
import dev.dryrun.validation.published.measure.Predictor;
import dev.dryrun.validation.published.measure.Scoring;
import java.util.List;
import java.util.Set;

/// The step simulation with its catalog, as something that is judged.
final class StepSimulator implements Predictor {
    private final Catalog catalog = new Catalog(List.of());

    Scoring scoring() {
        var names = new CatalogNames(
                Set.copyOf(catalog.names("nodes")),
                Set.copyOf(catalog.names("stacks")),
                Set.copyOf(catalog.names("sites")));
        return new Scoring(new RunMapping(names), this);
    }

    @Override
    public Prediction predict(JobSketch job) {
        throw new Unpredictable("the step simulation is not part of this build");
    }
}
