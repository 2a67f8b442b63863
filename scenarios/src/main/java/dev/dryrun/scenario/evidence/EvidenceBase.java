// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import java.util.Comparator;
import java.util.List;

/// The measured runs as judges of predictions.
public final class EvidenceBase {
    private static final int NEAREST = 3;
    /// Widening for each feature outside of all measured runs: a prior, for by its nature nothing measures it.
    private static final double BEYOND = 1.25;

    private final ResidualTable table;
    private final ConformalRule rule;

    public EvidenceBase(ResidualTable table) {
        this.table = table;
        rule = new ConformalRule(table);
    }

    /// The published runs.
    public static EvidenceBase builtIn() {
        return new EvidenceBase(ResidualTable.builtIn());
    }

    /// What supports a prediction.
    public Evidence of(JobFeatures job, double stepSeconds) {
        List<Evidence.Near> nearest = table.rows().stream()
                .map(row -> new Evidence.Near(row, FeatureDistance.between(job, row.features())))
                .sorted(Comparator.comparingDouble(Evidence.Near::distance))
                .limit(NEAREST)
                .toList();
        double distance = nearest.isEmpty()
                ? Double.POSITIVE_INFINITY
                : nearest.getFirst().distance();
        List<String> beyond = MeasuredRange.beyond(table, job);
        return new Evidence(
                Grade.of(job.kernels(), distance),
                PredictionInterval.around(stepSeconds, halfWidth(job, beyond)),
                nearest,
                beyond);
    }

    /// Half the width of the interval in logarithm of time.
    public double halfWidth(JobFeatures job) {
        return halfWidth(job, MeasuredRange.beyond(table, job));
    }

    private double halfWidth(JobFeatures job, List<String> beyond) {
        return rule.halfWidth(job) * Math.pow(BEYOND, beyond.size());
    }
}
