// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// Fits the kernel numbers of the accelerators that have measured kernels, lets their relatives inherit, and reports
/// the residuals.
final class KernelCalibration {
    private static final String SIMUMAX = "MooreThreads/SimuMax, ";

    private final Path data;
    private final Ceilings ceilings;
    private final KernelReport report;

    /// @param data folder with `kernels/` and `measured-ceilings.csv`
    KernelCalibration(Path data, PrintStream out) throws IOException {
        this.data = data;
        this.ceilings = Ceilings.read(data.resolve("measured-ceilings.csv"));
        this.report = new KernelReport(out);
    }

    /// Fits and inherits all that the data reach, those who have kernels of their own first.
    ///
    /// @param sheets reads an accelerator of the catalog by name
    List<KernelsBlock> all(Function<String, Accelerator> sheets) throws IOException {
        Map<String, KernelsBlock> blocks = new LinkedHashMap<>();
        for (KernelsBlock fitted : fitted(sheets)) {
            blocks.put(fitted.accelerator().name(), fitted);
        }
        KernelsBlock h100 = Objects.requireNonNull(blocks.get("h100-sxm-80gb"));
        var inheritance = new Inheritance(ceilings, h100.accelerator(), "H100-SXM5");
        for (Kin kin : Kin.ALL) {
            KernelsBlock relative = blocks.get(kin.relative());
            if (relative == null) {
                throw new IllegalStateException(kin.relative() + " comes after " + kin.name() + ", which needs it");
            }
            blocks.put(kin.name(), inheritance.block(kin, sheets.apply(kin.name()), relative));
        }
        return List.copyOf(blocks.values());
    }

    private List<KernelsBlock> fitted(Function<String, Accelerator> sheets) throws IOException {
        var vidur = new VidurCalibration(data, ceilings, report);
        Accelerator a100 = vidur.a100(sheets.apply("a100-sxm-80gb"));
        return List.of(
                new KernelsBlock(a100, "kernel fit, see calibration", "fitted", Set.of()),
                new KernelsBlock(
                        vidur.h100(sheets.apply("h100-sxm-80gb")),
                        "kernel fit, see calibration; fp8 by the best published products; accumulation between A100"
                                + " and B200",
                        "fitted",
                        Set.of("fp8", "accumulate_bandwidth")),
                new KernelsBlock(
                        new DeepBenchCalibration(data, report).v100(sheets.apply("v100-sxm-32gb"), a100),
                        "kernel fit, see calibration; stream efficiency, epilogue and gap of A100",
                        "fitted",
                        Set.of("stream_efficiency", "store_bandwidth", "accumulate_bandwidth", "gap")),
                new KernelsBlock(
                        a100Pcie(sheets.apply("a100-pcie-80gb"), a100),
                        "kernel fit, see calibration; gap of A100 SXM",
                        "fitted",
                        Set.of("gap")),
                new KernelsBlock(vidur.a40(sheets.apply("a40")), "kernel fit, see calibration", "fitted", Set.of()),
                new KernelsBlock(
                        b200(sheets.apply("b200-sxm-180gb")),
                        "kernel fit, see calibration; fp8 by the best published products",
                        "fitted",
                        Set.of("fp8")));
    }

    /// A100 PCIe by its SimuMax file. Its host-side timer puts the launch into the gap, which belongs to the stack.
    private Accelerator a100Pcie(Accelerator sheet, Accelerator sxm) throws IOException {
        var calibration = new SimuMaxCalibration("A100 PCIe", simuMax("a100_pcie"), PowerLimit.LATE, true);
        Accelerator fitted = calibration.fit(
                withOwnKernels(sheet, "A100-80GB-PCIe"), SIMUMAX + "A100 PCIe, three of four layers", report);
        GemmCalibration gemm = fitted.gemm();
        return fitted.withGemm(gemm.withShape(
                gemm.lastWaveCost(),
                gemm.squareTileRate(),
                gemm.narrowTileRate(),
                sxm.gemm().gapSeconds()));
    }

    /// B200 by its SimuMax file; its attention there has no common curve (13 % mean error), so none is taken over.
    private Accelerator b200(Accelerator sheet) throws IOException {
        var calibration = new SimuMaxCalibration("B200", simuMax("b200_bf16_ceperm"), PowerLimit.EARLY, false);
        Accelerator fitted =
                calibration.fit(withOwnKernels(sheet, "B200-SXM"), SIMUMAX + "B200, three of four layers", report);
        GemmCalibration gemm = fitted.gemm();
        double rate = gemm.rateFlopsPerSecond(Precision.BF16);
        return fitted.withGemm(gemm.withRates(ceilings.withEightBit(rate, "B200-SXM"), gemm.sustainedClock()));
    }

    private Accelerator withOwnKernels(Accelerator sheet, String ceiling) {
        return sheet.withStreamEfficiency(ceilings.elementwiseBytesPerSecond(ceiling) / sheet.memoryBytesPerSecond());
    }

    private SimuMaxFile simuMax(String name) throws IOException {
        return SimuMaxFile.read(data.resolve("kernels/simumax/" + name + ".json"));
    }
}
