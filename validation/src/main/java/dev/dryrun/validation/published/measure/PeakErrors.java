// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Errors of the predicted peak memory of a family's rows.
///
/// @param family its name
/// @param instrument what its source measured
/// @param rows with a measured and a predicted peak
/// @param mapePct mean absolute error
/// @param biasPct mean signed error; positive where too much is predicted
/// @param worstPct signed error of the row that is farthest off
public record PeakErrors(
        String family, PeakInstrument instrument, int rows, double mapePct, double biasPct, double worstPct) {
    /// Of every family with such rows, in order of first appearance.
    public static List<PeakErrors> of(List<ScoredRun> runs) {
        Map<String, List<ScoredRun>> byFamily = new LinkedHashMap<>();
        for (ScoredRun scored : runs) {
            if (scored.memoryMeasuredBytes().isPresent()
                    && scored.memoryPredictedBytes().isPresent()) {
                byFamily.computeIfAbsent(scored.run().family(), family -> new ArrayList<>())
                        .add(scored);
            }
        }
        return byFamily.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static PeakErrors of(String family, List<ScoredRun> runs) {
        double sum = 0;
        double sizes = 0;
        double worst = 0;
        for (ScoredRun scored : runs) {
            double measured = scored.memoryMeasuredBytes().orElseThrow();
            double error = 100 * (scored.memoryPredictedBytes().orElseThrow() - measured) / measured;
            sum += error;
            sizes += Math.abs(error);
            worst = Math.abs(error) > Math.abs(worst) ? error : worst;
        }
        int rows = runs.size();
        return new PeakErrors(family, runs.getFirst().instrument(), rows, sizes / rows, sum / rows, worst);
    }
}
