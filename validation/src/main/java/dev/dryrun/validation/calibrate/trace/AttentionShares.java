// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.validation.trace.TracedShapes.PassShape;
import dev.dryrun.validation.trace.TracedShapes.Timed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/// Shares of the 16-bit peak with which the model of fused attention takes as long as kernels in traces did.
///
/// The model's time less the gap, which the profiler leaves out of kernels too, goes with one over the share. So the
/// share of a kernel is what it would take at the whole peak over what it took: what short sequences and few blocks
/// cost is in the model, and not in the share.
///
/// @param rows by shape, in the order of the traces
record AttentionShares(List<Row> rows) {
    /// Calls of one shape.
    ///
    /// @param ofPeak share of the peak of 16-bit products
    record Row(Timed<PassShape> timed, double ofPeak) {
        Pass pass() {
            return timed.shape().pass();
        }
    }

    AttentionShares {
        rows = List.copyOf(rows);
    }

    static AttentionShares of(Accelerator accelerator, List<Timed<PassShape>> attentions) {
        var model = new KernelModel(accelerator, 1);
        double peak = accelerator.peak16BitFlopsPerSecond();
        List<Row> rows = new ArrayList<>();
        for (Timed<PassShape> timed : attentions) {
            PassShape shape = timed.shape();
            double atPeak = model.flashSeconds(shape.attention(), shape.pass(), peak) - model.launchGapSeconds();
            if (timed.medianSeconds() > 0) {
                rows.add(new Row(timed, atPeak / timed.medianSeconds()));
            }
        }
        return new AttentionShares(rows);
    }

    /// The share of a pass: the median, each shape counted by the time that its calls took. Empty without any.
    OptionalDouble ofPeak(Pass pass) {
        List<Row> sorted = rows.stream()
                .filter(row -> row.pass() == pass)
                .sorted(Comparator.comparingDouble(Row::ofPeak))
                .toList();
        double half =
                sorted.stream().mapToDouble(row -> row.timed().totalSeconds()).sum() / 2;
        double passed = 0;
        for (Row row : sorted) {
            passed += row.timed().totalSeconds();
            if (passed >= half) {
                return OptionalDouble.of(row.ofPeak());
            }
        }
        return OptionalDouble.empty();
    }
}
