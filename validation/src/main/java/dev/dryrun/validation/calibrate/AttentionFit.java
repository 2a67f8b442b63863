// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.validation.calibrate.SimuMaxFile.MeasuredAttention;
import java.util.List;

/// Full rate and half-saturation of fused attention, `rate = R f(q) n / (n + n0)`, by least absolute errors.
///
/// The curve in the sequence length comes from elsewhere: these measurements have one length.
record AttentionFit(double flopsPerSecond, double halfBlocks, double meanError) {

    static AttentionFit of(List<MeasuredAttention> rows, Pass pass, double halfLength) {
        AttentionFit best = new AttentionFit(0, 0, Double.POSITIVE_INFINITY);
        for (int blocks = 0; blocks <= 400; blocks += 2) {
            var curve = new AttentionCurve(halfLength, blocks, blocks);
            double[] rates = rows.stream()
                    .filter(row -> row.pass() == pass && row.shape().keyDimension() == 128)
                    .mapToDouble(row -> row.flopsPerSecond()
                            / curve.forwardShare(
                                    row.shape().queryLength(), row.shape().blocks()))
                    .sorted()
                    .toArray();
            double rate = rates[rates.length / 2];
            double error = 0;
            for (double each : rates) {
                error += Math.abs(rate / each - 1) / rates.length;
            }
            if (error < best.meanError()) {
                best = new AttentionFit(rate, blocks, error);
            }
        }
        return best;
    }
}
