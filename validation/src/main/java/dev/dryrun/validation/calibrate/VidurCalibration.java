// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Pass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/// Fits A100 and H100 to the layers that vidur timed; one model each is held out.
///
/// Left out of every fit: products of less than 10 us, of which the timer's microsecond is a tenth, and down
/// projections, whose operands in these timings are activations near zero: on H100 they run up to 15 % faster than
/// others of their size because they draw less power. Both are in the report.
///
/// @param data folder with `kernels/`
record VidurCalibration(Path data, Ceilings ceilings, KernelReport report) {
    private static final double SHORTEST_SECONDS = 10e-6;
    private static final String[] FITTED_ON = {
        "meta-llama_Llama-2-7b-hf", "meta-llama_Llama-2-70b-hf", "microsoft_phi-2"
    };
    private static final String A100_HELD_OUT = "meta-llama_Meta-Llama-3-8B";
    private static final String H100_HELD_OUT = "Qwen_Qwen-72B";

    private static final int ONE_OF = 4;

    /// Ten times the last-level cache of A40.
    private static final double LARGE_ADDITION_BYTES = 60e6;

    private static final String VIDUR = "microsoft/vidur at 7d47513, ";

    /// Bandwidth of an accumulating epilogue on H100 over its memory bandwidth: between A100 (1.5) and B200 (1.6).
    private static final double ACCUMULATE_OVER_MEMORY = 1.4;

    /// A100 SXM by vidur's files without Llama-3-8B; the epilogue is shared with SimuMax's A100 PCIe.
    Accelerator a100(Accelerator sheet) throws IOException {
        List<VidurFile> files = vidur("a100", FITTED_ON);
        Accelerator sxm = withStream(sheet, files, "A100-SXM4-80GB");
        Accelerator pcie = sxm.withMemoryBandwidth(1935e9);
        SimuMaxFile simuMax = SimuMaxFile.read(data.resolve("kernels/simumax/a100_pcie.json"));
        List<MeasuredGemm> accumulating = simuMax.gemms();
        var groups =
                List.of(new GemmFit.Group(sxm, training(files), true), new GemmFit.Group(pcie, accumulating, false));
        List<GemmCalibration> fitted = new GemmFit(groups, PowerLimit.LATE, GemmFit.ANY_EPILOGUE).fit();
        Accelerator result = sxm.withGemm(fitted.getFirst());
        report("A100 SXM", result, files, "a100", A100_HELD_OUT);
        double halfLength = sheet.attention().halfLength();
        AttentionFit forward = AttentionFit.of(simuMax.attention(), Pass.FORWARD, halfLength);
        AttentionFit backward = AttentionFit.of(simuMax.attention(), Pass.BACKWARD, halfLength);
        report.out().println("A100 flash attention, head dimension 128: forward " + forward + ", backward " + backward);
        report.parameters("A100 PCIe", pcie.withGemm(fitted.get(1)));
        report.gemms("A100 PCIe, fitted", pcie.withGemm(fitted.get(1)), accumulating, PowerLimit.LATE);
        var curve = new AttentionCurve(halfLength, forward.halfBlocks(), backward.halfBlocks());
        return calibrated(
                result, "Llama-2 7B and 70B, phi-2; SimuMax A100 PCIe", "Llama-3-8B", "a100", A100_HELD_OUT, curve);
    }

    /// H100 SXM by vidur's files without Qwen-72B.
    Accelerator h100(Accelerator sheet) throws IOException {
        List<VidurFile> files = vidur("h100", FITTED_ON);
        Accelerator sxm = withStream(sheet, files, "H100-SXM5");
        GemmCalibration fitted = new GemmFit(
                        List.of(new GemmFit.Group(sxm, training(files), true)), PowerLimit.LATE, GemmFit.ANY_EPILOGUE)
                .fit()
                .getFirst();
        double rate = fitted.rateFlopsPerSecond(Precision.FP16);
        Accelerator result = sxm.withGemm(fitted.withRates(
                        ceilings.withEightBit(rate, "H100-SXM5"), fitted.sustainedClock())
                .withEpilogue(fitted.storeBytesPerSecond(), ACCUMULATE_OVER_MEMORY * sheet.memoryBytesPerSecond()));
        report("H100 SXM", result, files, "h100", H100_HELD_OUT);
        return calibrated(result, "Llama-2 7B and 70B, phi-2", "Qwen-72B", "h100", H100_HELD_OUT, sheet.attention());
    }

    /// A40 by its one file; every fourth weight matrix, in the order of the file, is held out.
    Accelerator a40(Accelerator sheet) throws IOException {
        List<VidurFile> files = vidur("a40", "meta-llama_Llama-2-7b-hf");
        Accelerator card =
                sheet.withStreamEfficiency(StreamFit.marginalBytesPerSecond(files.getFirst().copies().stream()
                                .filter(copy -> copy.operation().equals("add") && copy.bytes() > LARGE_ADDITION_BYTES)
                                .toList())
                        / sheet.memoryBytesPerSecond());
        var weights = new LinkedHashMap<List<Long>, List<MeasuredGemm>>();
        for (MeasuredGemm row : training(files)) {
            weights.computeIfAbsent(List.of(row.gemm().n(), row.gemm().k()), some -> new ArrayList<>())
                    .add(row);
        }
        var fit = new ArrayList<MeasuredGemm>();
        var heldOut = new ArrayList<MeasuredGemm>();
        int matrix = 0;
        for (List<MeasuredGemm> rows : weights.values()) {
            (matrix++ % ONE_OF == ONE_OF - 1 ? heldOut : fit).addAll(rows);
        }
        GemmCalibration gemm = new GemmFit(
                        List.of(new GemmFit.Group(card, fit, true)), PowerLimit.LATE, GemmFit.ANY_EPILOGUE)
                .fit()
                .getFirst();
        Accelerator result = card.withGemm(gemm);
        report.parameters("A40", result);
        report.gemms("A40, fitted", result, fit, PowerLimit.LATE);
        report.gemms("A40, held out", result, heldOut, PowerLimit.LATE);
        double error = KernelReport.meanError(result, heldOut, PowerLimit.LATE);
        var calibration =
                new Calibration.Fitted(VIDUR + "Llama-2 7B, three of four weight matrices", "the fourth", error);
        return result.calibrated(calibration, sheet.attention());
    }

    private Accelerator calibrated(
            Accelerator result, String from, String heldOut, String part, String heldOutFile, AttentionCurve curve)
            throws IOException {
        double error =
                KernelReport.meanError(result, rows(vidur(part, heldOutFile).getFirst()), PowerLimit.LATE);
        return result.calibrated(new Calibration.Fitted(VIDUR + from, heldOut, error), curve);
    }

    private void report(String title, Accelerator result, List<VidurFile> files, String part, String heldOutFile)
            throws IOException {
        VidurFile heldOut = vidur(part, heldOutFile).getFirst();
        report.parameters(title, result);
        report.gemms(
                title + ", fitted",
                result,
                files.stream().flatMap(f -> rows(f).stream()).toList(),
                PowerLimit.LATE);
        report.gemms(title + ", held out", result, rows(heldOut), PowerLimit.LATE);
        report.copies(title + ", held out", result, heldOut.copies());
    }

    private Accelerator withStream(Accelerator sheet, List<VidurFile> files, String ceiling) {
        List<MeasuredCopy> copies =
                files.stream().flatMap(f -> f.copies().stream()).toList();
        return sheet.withStreamEfficiency(StreamFit.efficiency(sheet, copies, ceilings.copyBytesPerSecond(ceiling)));
    }

    private List<VidurFile> vidur(String part, String... models) throws IOException {
        var files = new ArrayList<VidurFile>();
        for (String model : models) {
            files.add(VidurFile.read(data.resolve("kernels/vidur/compute_%s_%s_mlp.csv".formatted(part, model))));
        }
        return files;
    }

    private static List<MeasuredGemm> training(List<VidurFile> files) {
        return files.stream()
                .flatMap(file -> rows(file).stream())
                .filter(row -> !row.operation().equals("mlp_down_proj"))
                .toList();
    }

    private static List<MeasuredGemm> rows(VidurFile file) {
        return file.gemms().stream()
                .filter(row -> row.seconds() > SHORTEST_SECONDS)
                .toList();
    }
}
