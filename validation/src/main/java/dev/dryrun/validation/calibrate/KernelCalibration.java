// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.Pass;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// Fits the kernel numbers of the accelerators that have measured kernels, and reports the residuals.
///
/// Left out of every fit: products of fewer than 512 rows (inference), and down projections, whose operands in these
/// timings are activations near zero: on H100 they run up to 15 % faster than others of their size because they draw
/// less power. They are in the report.
final class KernelCalibration {
    private static final int FEWEST_ROWS = 512;
    private static final String[] FITTED_ON = {
        "meta-llama_Llama-2-7b-hf", "meta-llama_Llama-2-70b-hf", "microsoft_phi-2"
    };
    private static final String A100_HELD_OUT = "meta-llama_Meta-Llama-3-8B";
    private static final String H100_HELD_OUT = "Qwen_Qwen-72B";

    private static final String VIDUR = "microsoft/vidur at 7d47513, ";

    /// Bandwidth of an accumulating epilogue on H100 over its memory bandwidth: between A100 (1.5) and B200 (1.6).
    private static final double ACCUMULATE_OVER_MEMORY = 1.4;

    private final Path data;
    private final Ceilings ceilings;
    private final KernelReport report;

    /// @param data folder with `kernels/` and `measured-ceilings.csv`
    KernelCalibration(Path data, PrintStream out) throws IOException {
        this.data = data;
        this.ceilings = Ceilings.read(data.resolve("measured-ceilings.csv"));
        this.report = new KernelReport(out);
    }

    /// Fits and inherits all that the data reach.
    ///
    /// @param sheets reads an accelerator of the catalog by name
    List<KernelsBlock> all(Function<String, Accelerator> sheets) throws IOException {
        Accelerator a100 = a100(sheets.apply("a100-sxm-80gb"));
        Accelerator h100 = h100(sheets.apply("h100-sxm-80gb"));
        Accelerator v100 = v100(sheets.apply("v100-sxm-32gb"), a100);
        Accelerator smallA100 = Relative.withOtherMemory(sheets.apply("a100-sxm-40gb"), a100);
        Accelerator mi300x = mi300x(sheets.apply("mi300x"), h100);
        return List.of(
                new KernelsBlock(a100, "kernel fit, see calibration", "fitted", Set.of()),
                new KernelsBlock(
                        smallA100,
                        "kernel fit of a100-sxm-80gb, the same chip; epilogue by memory bandwidth",
                        "fitted",
                        Set.of("store_bandwidth", "accumulate_bandwidth")),
                new KernelsBlock(
                        h100,
                        "kernel fit, see calibration; fp8 by the best published products; accumulation between A100"
                                + " and B200",
                        "fitted",
                        Set.of("fp8", "accumulate_bandwidth")),
                new KernelsBlock(
                        v100,
                        "kernel fit, see calibration; stream efficiency, epilogue and gap of A100",
                        "fitted",
                        Set.of("stream_efficiency", "store_bandwidth", "accumulate_bandwidth", "gap")),
                new KernelsBlock(
                        mi300x,
                        "best product (ml-engineering), BabelStream (AMD acceptance guide), rest of H100",
                        "prior",
                        Set.of()));
    }

    /// MI300X by its best published product and its stream benchmark, the rest of H100.
    private Accelerator mi300x(Accelerator sheet, Accelerator h100) {
        Gemm best = Gemm.of(10240, 15360, 8192, Precision.BF16);
        double stream = ceilings.streamBytesPerSecond("MI300X") / sheet.memoryBytesPerSecond();
        return Relative.withBestProduct(sheet, h100, best, ceilings.bestMatmulFlopsPerSecond("MI300X", "bf16"), stream);
    }

    /// A100 SXM by vidur's files without Llama-3-8B; the epilogue is shared with SimuMax's A100 PCIe.
    Accelerator a100(Accelerator sheet) throws IOException {
        List<VidurFile> files = vidur("a100", FITTED_ON);
        Accelerator sxm = withStream(sheet, files, "A100-SXM4-80GB");
        Accelerator pcie = sxm.withMemoryBandwidth(1935e9);
        SimuMaxFile simuMax = SimuMaxFile.read(data.resolve("kernels/simumax/a100_pcie.json"));
        List<MeasuredGemm> accumulating = simuMax.gemms();
        var groups = List.of(new GemmFit.Group(sxm, training(files)), new GemmFit.Group(pcie, accumulating));
        List<GemmCalibration> fitted = new GemmFit(groups, GemmFit.ANY_EPILOGUE).fit();
        Accelerator result = sxm.withGemm(fitted.getFirst());
        report("A100 SXM", result, files, "a100", A100_HELD_OUT);
        double halfLength = sheet.attention().halfLength();
        AttentionFit forward = AttentionFit.of(simuMax.attention(), Pass.FORWARD, halfLength);
        AttentionFit backward = AttentionFit.of(simuMax.attention(), Pass.BACKWARD, halfLength);
        report.out().println("A100 flash attention, head dimension 128: forward " + forward + ", backward " + backward);
        report.parameters("A100 PCIe", pcie.withGemm(fitted.get(1)));
        report.gemms("A100 PCIe, fitted", pcie.withGemm(fitted.get(1)), accumulating);
        var curve = new AttentionCurve(halfLength, forward.halfBlocks(), backward.halfBlocks());
        return calibrated(
                result, "Llama-2 7B and 70B, phi-2; SimuMax A100 PCIe", "Llama-3-8B", "a100", A100_HELD_OUT, curve);
    }

    /// H100 SXM by vidur's files without Qwen-72B.
    Accelerator h100(Accelerator sheet) throws IOException {
        List<VidurFile> files = vidur("h100", FITTED_ON);
        Accelerator sxm = withStream(sheet, files, "H100-SXM5");
        GemmCalibration fitted = new GemmFit(List.of(new GemmFit.Group(sxm, training(files))), GemmFit.ANY_EPILOGUE)
                .fit()
                .getFirst();
        double rate = fitted.rateFlopsPerSecond(Precision.FP16);
        double eightBit = ceilings.bestMatmulFlopsPerSecond("H100-SXM5", "fp8")
                / ceilings.bestMatmulFlopsPerSecond("H100-SXM5", "bf16");
        var rates = Map.of(Precision.FP16, rate, Precision.BF16, rate, Precision.FP8, rate * eightBit);
        Accelerator result = sxm.withGemm(fitted.withRates(rates, fitted.sustainedClock())
                .withEpilogue(fitted.storeBytesPerSecond(), ACCUMULATE_OVER_MEMORY * sheet.memoryBytesPerSecond()));
        report("H100 SXM", result, files, "h100", H100_HELD_OUT);
        return calibrated(result, "Llama-2 7B and 70B, phi-2", "Qwen-72B", "h100", H100_HELD_OUT, sheet.attention());
    }

    /// V100 SXM by DeepBench's sheet; every fourth aligned product is held out.
    /// The epilogue is not identified by so few and is scaled from A100 by memory bandwidth.
    Accelerator v100(Accelerator dataSheet, Accelerator a100) throws IOException {
        Accelerator sheet = dataSheet.withStreamEfficiency(a100.streamEfficiency());
        List<MeasuredGemm> rows =
                DeepBenchFile.read(data.resolve("kernels/deepbench/DeepBench_NV_V100_Results_FP16_ip_Mixed_math.csv"))
                        .stream()
                        .filter(row -> row.gemm().alignment() == 8
                                && row.gemm().n() >= 128
                                && row.gemm().m() >= 128)
                        .toList();
        var fit = new ArrayList<MeasuredGemm>();
        var heldOut = new ArrayList<MeasuredGemm>();
        for (int i = 0; i < rows.size(); i++) {
            (i % 4 == 3 ? heldOut : fit).add(rows.get(i));
        }
        double epilogue =
                a100.gemm().storeBytesPerSecond() * sheet.memoryBytesPerSecond() / a100.memoryBytesPerSecond();
        GemmCalibration fitted = new GemmFit(List.of(new GemmFit.Group(sheet, fit)), 0.99 * epilogue, 1.01 * epilogue)
                .fit()
                .getFirst();
        Accelerator result = sheet.withGemm(fitted);
        report.parameters("V100 SXM", result);
        report.gemms("V100 SXM, fitted", result, fit);
        report.gemms("V100 SXM, held out", result, heldOut);
        // Its host-side timer puts the launch into the gap, which belongs to the stack.
        GemmCalibration onDevice = fitted.withShape(
                fitted.lastWaveCost(),
                fitted.squareTileRate(),
                fitted.narrowTileRate(),
                a100.gemm().gapSeconds());
        return result.withGemm(onDevice)
                .calibrated(
                        new Calibration.Fitted(
                                "baidu-research/DeepBench at da81ba7, V100 mixed precision, three of four aligned"
                                        + " products",
                                "the fourth",
                                KernelReport.meanError(result, heldOut)),
                        sheet.attention());
    }

    private Accelerator calibrated(
            Accelerator result, String from, String heldOut, String part, String heldOutFile, AttentionCurve curve)
            throws IOException {
        double error =
                KernelReport.meanError(result, rows(vidur(part, heldOutFile).getFirst()));
        return result.calibrated(new Calibration.Fitted(VIDUR + from, heldOut, error), curve);
    }

    private void report(String title, Accelerator result, List<VidurFile> files, String part, String heldOutFile)
            throws IOException {
        VidurFile heldOut = vidur(part, heldOutFile).getFirst();
        report.parameters(title, result);
        report.gemms(
                title + ", fitted",
                result,
                files.stream().flatMap(f -> rows(f).stream()).toList());
        report.gemms(title + ", held out", result, rows(heldOut));
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
                .filter(row -> row.gemm().m() >= FEWEST_ROWS)
                .toList();
    }
}
