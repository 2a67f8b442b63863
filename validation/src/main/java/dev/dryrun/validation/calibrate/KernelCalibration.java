// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Fits the kernel numbers of the accelerators that have measured kernels, and reports the residuals.
///
/// Left out of every fit: products of fewer than 512 rows (inference), and down projections, whose operands in these
/// timings are activations near zero: on H100 they run up to 15 % faster than others of their size because they draw less
/// power. They are in the report.
final class KernelCalibration {
    private static final int FEWEST_ROWS = 512;
    private static final String[] FITTED_ON = {"meta-llama_Llama-2-7b-hf", "meta-llama_Llama-2-70b-hf", "microsoft_phi-2"};

    private final Path data;
    private final Ceilings ceilings;
    private final KernelReport report;

    /// @param data folder with `kernels/` and `measured-ceilings.csv`
    KernelCalibration(Path data, PrintStream out) throws IOException {
        this.data = data;
        this.ceilings = Ceilings.read(data.resolve("measured-ceilings.csv"));
        this.report = new KernelReport(out);
    }

    /// A100 SXM by vidur's files without Llama-3-8B; the epilogue is shared with SimuMax's A100 PCIe.
    Accelerator a100(Accelerator sheet) throws IOException {
        List<VidurFile> files = vidur("a100", FITTED_ON);
        Accelerator sxm = withStream(sheet, files, "A100-SXM4-80GB");
        Accelerator pcie = sxm.withMemoryBandwidth(1935e9);
        List<MeasuredGemm> accumulating =
                SimuMaxFile.read(data.resolve("kernels/simumax/a100_pcie.json")).gemms();
        var groups = List.of(new GemmFit.Group(sxm, training(files)), new GemmFit.Group(pcie, accumulating));
        List<GemmCalibration> fitted = new GemmFit(groups, GemmFit.ANY_EPILOGUE).fit();
        Accelerator result = sxm.withGemm(fitted.getFirst());
        report("A100 SXM", result, files, "a100", "meta-llama_Meta-Llama-3-8B");
        report.parameters("A100 PCIe", pcie.withGemm(fitted.get(1)));
        report.gemms("A100 PCIe, fitted", pcie.withGemm(fitted.get(1)), accumulating);
        return result;
    }

    /// H100 SXM by vidur's files without Qwen-72B.
    Accelerator h100(Accelerator sheet) throws IOException {
        List<VidurFile> files = vidur("h100", FITTED_ON);
        Accelerator sxm = withStream(sheet, files, "H100-SXM5");
        GemmCalibration fitted =
                new GemmFit(List.of(new GemmFit.Group(sxm, training(files))), GemmFit.ANY_EPILOGUE)
                        .fit()
                        .getFirst();
        Accelerator result = sxm.withGemm(fitted);
        report("H100 SXM", result, files, "h100", "Qwen_Qwen-72B");
        return result;
    }

    /// V100 SXM by DeepBench's sheet; every fourth aligned product is held out.
    /// The epilogue is not identified by so few and is scaled from A100 by memory bandwidth.
    Accelerator v100(Accelerator sheet, Accelerator a100) throws IOException {
        List<MeasuredGemm> rows = DeepBenchFile.read(
                        data.resolve("kernels/deepbench/DeepBench_NV_V100_Results_FP16_ip_Mixed_math.csv"))
                .stream()
                .filter(row -> row.gemm().alignment() == 8 && row.gemm().n() >= 128 && row.gemm().m() >= 128)
                .toList();
        var fit = new ArrayList<MeasuredGemm>();
        var heldOut = new ArrayList<MeasuredGemm>();
        for (int i = 0; i < rows.size(); i++) {
            (i % 4 == 3 ? heldOut : fit).add(rows.get(i));
        }
        double epilogue = a100.gemm().storeBytesPerSecond() * sheet.memoryBytesPerSecond() / a100.memoryBytesPerSecond();
        GemmCalibration fitted =
                new GemmFit(List.of(new GemmFit.Group(sheet, fit)), 0.99 * epilogue, 1.01 * epilogue)
                        .fit()
                        .getFirst();
        Accelerator result = sheet.withGemm(fitted);
        report.parameters("V100 SXM", result);
        report.gemms("V100 SXM, fitted", result, fit);
        report.gemms("V100 SXM, held out", result, heldOut);
        return result;
    }

    private void report(String title, Accelerator result, List<VidurFile> files, String part, String heldOutFile)
            throws IOException {
        VidurFile heldOut = vidur(part, heldOutFile).getFirst();
        report.parameters(title, result);
        report.gemms(title + ", fitted", result, files.stream().flatMap(f -> rows(f).stream()).toList());
        report.gemms(title + ", held out", result, rows(heldOut));
        report.copies(title + ", held out", result, heldOut.copies());
    }

    private Accelerator withStream(Accelerator sheet, List<VidurFile> files, String ceiling) {
        List<MeasuredCopy> copies = files.stream().flatMap(f -> f.copies().stream()).toList();
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
