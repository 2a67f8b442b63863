// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Fits V100 to DeepBench's sheet; every fourth aligned product is held out.
///
/// @param data folder with `kernels/`
record DeepBenchCalibration(Path data, KernelReport report) {
    private static final String SHEET = "kernels/deepbench/DeepBench_NV_V100_Results_FP16_ip_Mixed_math.csv";
    private static final int SMALLEST_SIZE = 128;
    private static final int ONE_OF = 4;

    /// The epilogue is not identified by so few products and is scaled from A100 by memory bandwidth.
    Accelerator v100(Accelerator dataSheet, Accelerator a100) throws IOException {
        Accelerator sheet = dataSheet.withStreamEfficiency(a100.streamEfficiency());
        List<MeasuredGemm> rows = DeepBenchFile.read(data.resolve(SHEET)).stream()
                .filter(row -> row.gemm().alignment() == 8
                        && row.gemm().n() >= SMALLEST_SIZE
                        && row.gemm().m() >= SMALLEST_SIZE)
                .toList();
        var fit = new ArrayList<MeasuredGemm>();
        var heldOut = new ArrayList<MeasuredGemm>();
        for (int i = 0; i < rows.size(); i++) {
            (i % ONE_OF == ONE_OF - 1 ? heldOut : fit).add(rows.get(i));
        }
        double epilogue =
                a100.gemm().storeBytesPerSecond() * sheet.memoryBytesPerSecond() / a100.memoryBytesPerSecond();
        var groups = List.of(new GemmFit.Group(sheet, fit, false));
        GemmCalibration fitted = new GemmFit(groups, PowerLimit.LATE, 0.99 * epilogue, 1.01 * epilogue)
                .fit()
                .getFirst();
        Accelerator result = sheet.withGemm(fitted);
        report.parameters("V100 SXM", result);
        report.gemms("V100 SXM, fitted", result, fit, PowerLimit.LATE);
        report.gemms("V100 SXM, held out", result, heldOut, PowerLimit.LATE);
        // Its host-side timer puts the launch into the gap, which belongs to the stack.
        GemmCalibration onDevice = fitted.withShape(
                fitted.lastWaveCost(),
                fitted.squareTileRate(),
                fitted.narrowTileRate(),
                a100.gemm().gapSeconds());
        var calibration = new Calibration.Fitted(
                "baidu-research/DeepBench at da81ba7, V100 mixed precision, three of four aligned products",
                "the fourth",
                KernelReport.meanError(result, heldOut, PowerLimit.LATE));
        return result.withGemm(onDevice).calibrated(calibration, sheet.attention());
    }
}
