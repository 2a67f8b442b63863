// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.validation.drawn.AbsoluteErrorFit;
import dev.dryrun.validation.train.ExchangeTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Constants of exchanges between two ranks, by the median round of each kind and size.
///
/// @param logs of constants over where their search began
/// @param rows measured and predicted, in the order in which they were measured
record ExchangeFit(double[] logs, List<Row> rows) {
    private static final double WEIGHT = 25;

    /// @param predictedSeconds by the simulator with the constants
    record Row(ExchangeTime time, double predictedSeconds) {
        /// Predicted beyond measured, in percent of measured.
        double errorPct() {
            return 100 * (predictedSeconds / time.medianSeconds() - 1);
        }
    }

    ExchangeFit {
        logs = logs.clone();
        rows = List.copyOf(rows);
    }

    /// Constants stay where their search begins if nothing was measured.
    static ExchangeFit of(List<ExchangeTime> times) {
        double[] start = new double[ExchangeConstant.values().length];
        if (times.isEmpty()) {
            return new ExchangeFit(start, List.of());
        }
        ExchangeModel model = ExchangeModel.of(times);
        double[] measured = times.stream()
                .mapToDouble(time -> Math.log(time.medianSeconds()))
                .toArray();
        double[] weights = new double[measured.length];
        Arrays.fill(weights, WEIGHT);
        double[] logs = new AbsoluteErrorFit(model, measured, weights).from(start);
        double[] predicted = model.at(logs);
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < predicted.length; i++) {
            rows.add(new Row(times.get(i), Math.exp(predicted[i])));
        }
        return new ExchangeFit(logs, rows);
    }

    double value(ExchangeConstant constant) {
        return constant.in(logs);
    }

    /// Of what is written: that it was fitted, or only where the search begins.
    String status() {
        return rows.isEmpty() ? "prior" : "fitted";
    }

    /// What the constants say of an exchange of two ranks that do nothing else.
    double seconds(CollectiveKind kind, long bytes) {
        var one = new ExchangeTime(kind, bytes, 1, 1, 1);
        return Math.exp(ExchangeModel.of(List.of(one)).at(logs)[0]);
    }

    /// Mean absolute error of each kind, in percent.
    Map<CollectiveKind, Double> errorsPct() {
        Map<CollectiveKind, Double> sums = new TreeMap<>();
        Map<CollectiveKind, Integer> counts = new TreeMap<>();
        for (Row row : rows) {
            sums.merge(row.time().kind(), Math.abs(row.errorPct()), Double::sum);
            counts.merge(row.time().kind(), 1, Integer::sum);
        }
        sums.replaceAll((kind, sum) -> sum / counts.getOrDefault(kind, 1));
        return sums;
    }
}
