// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Pass;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Fits an accelerator to its own SimuMax file, with a quarter of the layers held out.
///
/// A layer is three products of the same three sizes: forward, and backward by input and by weight. They are held out
/// together, every fourth set of sizes in the order of the file, since one would tell the others.
///
/// @param withAttention whether the curve of its attention is taken over too
record SimuMaxCalibration(String title, SimuMaxFile file, PowerLimit limit, boolean withAttention) {
    private static final int ONE_OF = 4;

    /// @param sheet data sheet and stream efficiency
    /// @param from the source, as the catalog shall name it
    Accelerator fit(Accelerator sheet, String from, KernelReport report) {
        var training = new ArrayList<MeasuredGemm>();
        var heldOut = new ArrayList<MeasuredGemm>();
        int layer = 0;
        for (List<MeasuredGemm> products : layers().values()) {
            (layer++ % ONE_OF == ONE_OF - 1 ? heldOut : training).addAll(products);
        }
        GemmCalibration gemm = new GemmFit(
                        List.of(new GemmFit.Group(sheet, training, false)), limit, GemmFit.ANY_EPILOGUE)
                .fit()
                .getFirst();
        Accelerator result = sheet.withGemm(gemm);
        double halfLength = sheet.attention().halfLength();
        AttentionFit forward = AttentionFit.of(file.attention(), Pass.FORWARD, halfLength);
        AttentionFit backward = AttentionFit.of(file.attention(), Pass.BACKWARD, halfLength);
        report.parameters(title, result);
        report.gemms(title + ", fitted", result, training, limit);
        report.gemms(title + ", held out", result, heldOut, limit);
        report.out().println(title + " attention: forward " + forward + ", backward " + backward);
        var calibration = new Calibration.Fitted(from, "the fourth", KernelReport.meanError(result, heldOut, limit));
        AttentionCurve curve = withAttention
                ? new AttentionCurve(halfLength, forward.halfBlocks(), backward.halfBlocks())
                : new AttentionCurve(halfLength, 0, 0);
        return result.calibrated(calibration, curve);
    }

    private Map<List<Long>, List<MeasuredGemm>> layers() {
        var layers = new LinkedHashMap<List<Long>, List<MeasuredGemm>>();
        for (MeasuredGemm product : file.gemms()) {
            Gemm gemm = product.gemm();
            List<Long> sizes =
                    List.of(gemm.m(), gemm.n(), gemm.k()).stream().sorted().toList();
            layers.computeIfAbsent(sizes, some -> new ArrayList<>()).add(product);
        }
        return layers;
    }
}
