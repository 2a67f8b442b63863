// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A measured step and a simulated one by the same kinds of time.
///
/// What a trace of one GPU cannot tell apart is added up in the simulated step too: kernels that run again are
/// compute; what waits for the host, for other stages, for other ranks or for data is idle.
///
/// @param measuredSeconds of the step
/// @param simulatedSeconds of the step
/// @param rows kinds that either has, in the order of the measured ones
record StepComparison(double measuredSeconds, double simulatedSeconds, List<Row> rows) {
    private static final Map<String, String> ADDED = Map.of(
            "recompute", "compute",
            "host", MeasuredStep.IDLE,
            "bubble", MeasuredStep.IDLE,
            "imbalance", MeasuredStep.IDLE,
            "other", MeasuredStep.IDLE);
    /// A share of the step below which a kind is left out.
    private static final double WORTH_A_ROW = 5e-4;

    /// One kind of time.
    ///
    /// @param measuredBusySeconds with what ran hidden
    record Row(
            String kind,
            double measuredSeconds,
            double simulatedSeconds,
            double measuredBusySeconds,
            double simulatedBusySeconds) {}

    StepComparison {
        rows = List.copyOf(rows);
    }

    /// @param exposed wall time of the simulated step by kind
    /// @param busy the same with what ran hidden
    static StepComparison of(
            MeasuredStep measured, double simulatedSeconds, Map<String, Double> exposed, Map<String, Double> busy) {
        Map<String, Double> simulated = added(exposed);
        Map<String, Double> simulatedBusy = added(busy);
        Map<String, Row> rows = new LinkedHashMap<>();
        measured.exposedSeconds().forEach((kind, seconds) -> {
            var row = new Row(
                    kind,
                    seconds,
                    simulated.getOrDefault(kind, 0.0),
                    measured.busySeconds().getOrDefault(kind, 0.0),
                    simulatedBusy.getOrDefault(kind, 0.0));
            double most = Math.max(
                    Math.max(row.measuredSeconds(), row.measuredBusySeconds()) / measured.seconds(),
                    Math.max(row.simulatedSeconds(), row.simulatedBusySeconds()) / simulatedSeconds);
            if (most >= WORTH_A_ROW) {
                rows.put(kind, row);
            }
        });
        return new StepComparison(measured.seconds(), simulatedSeconds, List.copyOf(rows.values()));
    }

    private static Map<String, Double> added(Map<String, Double> seconds) {
        Map<String, Double> added = new LinkedHashMap<>();
        seconds.forEach((kind, value) -> added.merge(ADDED.getOrDefault(kind, kind), value, Double::sum));
        return added;
    }

    /// How far off the simulated step is, in percent of the measured one; positive where it is too slow.
    double errorPct() {
        return 100 * (simulatedSeconds - measuredSeconds) / measuredSeconds;
    }
}
