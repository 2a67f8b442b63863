// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import java.util.List;

/// Share of the data sheet's memory bandwidth that streaming kernels reach: the mean of two kinds of evidence.
///
/// One is the residual addition of a transformer (two tensors read, one written; tensors far larger than the last-level
/// cache), as marginal rate, so that a fixed cost does not count; the other a copy on the device by the vendor's tool.
/// They differ by 7 % on A100 and 20 % on H100.
final class StreamFit {
    /// Three to four times the last-level cache of the parts measured.
    private static final double LARGE_BYTES = 150e6;

    private StreamFit() {}

    /// @param copyBytesPerSecond device-to-device copy of `measured-ceilings.csv`
    static double efficiency(Accelerator accelerator, List<MeasuredCopy> copies, double copyBytesPerSecond) {
        double addition = marginalBytesPerSecond(copies.stream()
                .filter(copy -> copy.operation().equals("add") && copy.bytes() > LARGE_BYTES)
                .toList());
        return (addition + copyBytesPerSecond) / 2 / accelerator.memoryBytesPerSecond();
    }

    /// Slope of bytes over seconds by least squares with an intercept.
    static double marginalBytesPerSecond(List<MeasuredCopy> rows) {
        double meanBytes =
                rows.stream().mapToDouble(MeasuredCopy::bytes).average().orElseThrow();
        double meanSeconds =
                rows.stream().mapToDouble(MeasuredCopy::seconds).average().orElseThrow();
        double covariance = 0;
        double variance = 0;
        for (MeasuredCopy row : rows) {
            covariance += (row.bytes() - meanBytes) * (row.seconds() - meanSeconds);
            variance += (row.bytes() - meanBytes) * (row.bytes() - meanBytes);
        }
        return variance / covariance;
    }
}
