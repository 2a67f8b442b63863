// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class GemmFitTest {
    private static final Path DATA = Path.of("../../shared/data");

    @Test
    void findsTheNumbersThatMadeTheTimes() {
        Accelerator sheet = CalibrateKernels.sheet("h100-sxm-80gb");
        GemmCalibration truth = sheet.gemm()
                .withRates(Map.of(Precision.FP16, 650e12, Precision.BF16, 650e12), 0.9)
                .withShape(0.6, 0.85, 0.7, 5e-6)
                .withEpilogue(6e12, 6e12);
        var random = new Random(3);
        var rows = new ArrayList<MeasuredGemm>();
        while (rows.size() < 400) {
            Gemm gemm = Gemm.of(size(random, 64), size(random, 128), size(random, 128), Precision.FP16);
            double hot = new KernelModel(sheet.withGemm(truth), 1).gemmSeconds(gemm);
            double cold = new KernelModel(sheet.withGemm(truth.withRates(truth.burstFlopsPerSecond(), 1)), 1)
                    .gemmSeconds(gemm);
            rows.add(new MeasuredGemm(
                    "made up", "any", gemm, hot < PowerLimit.LATE.sustainedFromSeconds() ? cold : hot));
        }
        GemmCalibration found = new GemmFit(
                        List.of(new GemmFit.Group(sheet, rows, false)), PowerLimit.LATE, GemmFit.ANY_EPILOGUE)
                .fit()
                .getFirst();
        // The search ends after 20,000 evaluations; what is left is its step, a thousandth of each range and less.
        assertEquals(650, found.rateFlopsPerSecond(Precision.FP16) / 1e12, 0.5);
        assertEquals(0.9, found.sustainedClock(), 0.001);
        assertEquals(0.6, found.lastWaveCost(), 0.01);
        assertEquals(6, found.storeBytesPerSecond() / 1e12, 0.1);
        assertEquals(5, found.gapSeconds() * 1e6, 0.2);
    }

    @Test
    void fittedAgainTheCatalogSaysTheSame() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DATA.resolve("kernels")), "the measured kernels are not here");
        Accelerator sheet = CalibrateKernels.sheet("h100-sxm-80gb");
        Accelerator fitted = new VidurCalibration(
                        DATA, Ceilings.read(DATA.resolve("measured-ceilings.csv")), new KernelReport(System.out))
                .h100(sheet);
        double digits = 5e-4; // the catalog keeps four digits
        assertEquals(1, ratio(fitted, sheet, Precision.FP16), digits);
        assertEquals(1, fitted.gemm().sustainedClock() / sheet.gemm().sustainedClock(), digits);
        assertEquals(1, fitted.gemm().gapSeconds() / sheet.gemm().gapSeconds(), digits);
        assertTrue(fitted.calibrated());
    }

    private static double ratio(Accelerator fitted, Accelerator catalog, Precision precision) {
        return fitted.gemm().rateFlopsPerSecond(precision) / catalog.gemm().rateFlopsPerSecond(precision);
    }

    private static long size(Random random, long grain) {
        return grain * random.nextLong(1, 16384 / grain);
    }
}
