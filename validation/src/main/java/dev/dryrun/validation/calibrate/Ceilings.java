// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Best rates anybody published: `measured-ceilings.csv`, one row per accelerator, kind and precision.
record Ceilings(List<CsvRow> rows) {

    static Ceilings read(Path path) throws IOException {
        return new Ceilings(CsvRow.readAll(path));
    }

    /// The fastest matrix product of a precision, operations a second.
    double bestMatmulFlopsPerSecond(String accelerator, String precision) {
        return 1e12 * find(accelerator, "matmul", precision);
    }

    /// A copy on the device, bytes a second.
    double copyBytesPerSecond(String accelerator) {
        return 1e9 * find(accelerator, "memory", "copy on device");
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
        for (CsvRow row : rows) {
            if (row.text("accelerator").equals(accelerator)
                    && row.text("kind").equals(kind)
                    && row.text("precision").startsWith(precision)
                    && row.text("shape_or_test").startsWith(test)) {
                return row.number("measured");
            }
        }
        throw new IllegalArgumentException("no ceiling of %s for %s %s".formatted(accelerator, kind, precision));
    }
}
