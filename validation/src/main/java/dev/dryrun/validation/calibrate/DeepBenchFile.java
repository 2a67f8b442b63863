// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Matrix products of a baidu-research/DeepBench (Apache-2.0) result sheet with 16-bit operands.
///
/// The second line is the header; convolutions and recurrent layers below have no transposes and are left out.
final class DeepBenchFile {
    private DeepBenchFile() {}

    static List<MeasuredGemm> read(Path path) throws IOException {
        var gemms = new ArrayList<MeasuredGemm>();
        String file = path.getFileName().toString();
        for (CsvRow row : CsvRow.readAll(path, 2)) {
            String layout = row.text("A Transpose") + row.text("B Transpose");
            if (layout.matches("[NT]{2}")) {
                Gemm gemm = Gemm.of(row.integer("M"), row.integer("N"), row.integer("K"), Precision.FP16);
                gemms.add(new MeasuredGemm(file, layout, gemm, row.number("Time (msec)") * 1e-3));
            }
        }
        return List.copyOf(gemms);
    }
}
