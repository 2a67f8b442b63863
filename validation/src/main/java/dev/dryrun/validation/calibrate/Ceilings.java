// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Best rates anybody published: `measured-ceilings.csv`, one row per accelerator, kind and precision.
record Ceilings(List<CsvRow> rows) {

    static Ceilings read(Path path) throws IOException {
        return new Ceilings(CsvRow.readAll(path));
    }

    /// A matrix product and the rate at which it ran.
    record Best(Gemm gemm, double flopsPerSecond) {}

    /// The fastest product of 16-bit numbers.
    Best best(String accelerator) {
        CsvRow row = row(accelerator, "matmul", "bf16", "");
        long[] sizes = Arrays.stream(row.text("shape_or_test").split("x"))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Best(Gemm.of(sizes[0], sizes[1], sizes[2], Precision.BF16), 1e12 * row.number("measured"));
    }

    /// The fastest product of 8-bit numbers over the fastest of 16-bit ones.
    double eightOverSixteenBit(String accelerator) {
        return find(accelerator, "matmul", "fp8") / find(accelerator, "matmul", "bf16");
    }

    /// A 16-bit rate, and the 8-bit one that goes with it.
    Map<Precision, Double> withEightBit(double sixteenBit, String accelerator) {
        double eightBit = sixteenBit * eightOverSixteenBit(accelerator);
        return Map.of(Precision.FP16, sixteenBit, Precision.BF16, sixteenBit, Precision.FP8, eightBit);
    }

    /// Products for a minute at full power.
    double longRunFlopsPerSecond(String accelerator) {
        return 1e12 * find(accelerator, "matmul", "not stated", "sustained");
    }

    boolean hasEightBit(String accelerator) {
        return rows.stream()
                .anyMatch(row -> row.text("accelerator").equals(accelerator)
                        && row.text("precision").startsWith("fp8"));
    }

    /// A copy on the device, bytes a second.
    double copyBytesPerSecond(String accelerator) {
        return 1e9 * find(accelerator, "memory", "copy on device");
    }

    /// Elementwise kernels beyond their fixed cost, bytes a second.
    double elementwiseBytesPerSecond(String accelerator) {
        return 1e9 * find(accelerator, "memory", "elementwise default");
    }

    /// The mean of the copy and the addition of a stream benchmark, bytes a second.
    double streamBytesPerSecond(String accelerator) {
        double copy = find(accelerator, "memory", "fp64 stream", "BabelStream copy");
        return 1e9 * (copy + find(accelerator, "memory", "fp64 stream", "BabelStream add")) / 2;
    }

    private double find(String accelerator, String kind, String precision) {
        return find(accelerator, kind, precision, "");
    }

    private double find(String accelerator, String kind, String precision, String test) {
        return row(accelerator, kind, precision, test).number("measured");
    }

    private CsvRow row(String accelerator, String kind, String precision, String test) {
        for (CsvRow row : rows) {
            if (row.text("accelerator").equals(accelerator)
                    && row.text("kind").equals(kind)
                    && row.text("precision").startsWith(precision)
                    && row.text("shape_or_test").startsWith(test)) {
                return row;
            }
        }
        throw new IllegalArgumentException("no ceiling of %s for %s %s".formatted(accelerator, kind, precision));
    }
}
