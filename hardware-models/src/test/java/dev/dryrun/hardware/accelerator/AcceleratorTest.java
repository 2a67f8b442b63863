// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AcceleratorTest {
    @ParameterizedTest
    @MethodSource("dev.dryrun.hardware.accelerator.CatalogAccelerators#names")
    void everyFigureSaysWhereItComesFrom(String name) {
        Accelerator accelerator = CatalogAccelerators.read(name);
        assertEquals(name, accelerator.name());
        accelerator.figures().forEach((key, figure) -> {
            assertFalse(figure.source().isBlank(), name + " " + key);
            assertTrue(figure.date().matches("20\\d\\d(-\\d\\d)*"), name + " " + key + " " + figure.date());
        });
    }

    @ParameterizedTest
    @MethodSource("dev.dryrun.hardware.accelerator.CatalogAccelerators#names")
    void nothingIsFasterThanItsPeak(String name) {
        Accelerator accelerator = CatalogAccelerators.read(name);
        accelerator.peakFlopsPerSecond().forEach((precision, peak) -> {
            double rate = accelerator.gemm().rateFlopsPerSecond(precision);
            assertTrue(rate < peak, name + " " + precision);
        });
        assertTrue(accelerator.streamBytesPerSecond() < accelerator.memoryBytesPerSecond());
    }

    @Test
    void onlyMeasuredKernelsMakeACalibratedAccelerator() {
        assertTrue(CatalogAccelerators.read("a100-sxm-80gb").calibrated());
        assertTrue(CatalogAccelerators.read("h100-sxm-80gb").calibrated());
        Accelerator mi300x = CatalogAccelerators.read("mi300x");
        assertFalse(mi300x.calibrated());
        assertEquals("h100-sxm-80gb", ((Calibration.Inherited) mi300x.calibration()).from());
    }

    @Test
    void whatNobodyMeasuredRestsOnTheDataSheet() {
        assertEquals(Calibration.Evidence.OWN_KERNELS, evidence("h200-sxm-141gb"));
        assertEquals(Calibration.Evidence.RELATIVE, evidence("h100-pcie-80gb"));
        assertEquals(Calibration.Evidence.RELATIVE, evidence("mi325x"));
        assertEquals(Calibration.Evidence.DATA_SHEET, evidence("tpu-v5p"));
        assertEquals(Calibration.Evidence.DATA_SHEET, evidence("l40s"));
    }

    private static Calibration.Evidence evidence(String name) {
        return CatalogAccelerators.read(name).calibration().evidence();
    }

    @Test
    void ratesThatAreNotGivenFollowThePeaks() {
        Accelerator a100 = CatalogAccelerators.read("a100-sxm-80gb");
        double share = a100.gemm().rateFlopsPerSecond(Precision.FP16) / 312e12;
        assertEquals(share * 156e12, a100.gemm().rateFlopsPerSecond(Precision.TF32), 1);
        assertFalse(a100.supports(Precision.FP8));
    }

    @Test
    void aBrokenFileIsAListOfProblems() {
        var problems = new Problems();
        String text = """
            name: broken
            title: Broken
            vendor: Nobody
            compute_units: none
            memory: {capacity: 80 GiB, usable: 90 GiB, bandwidth: 2039}
            peak: {fp16: 312 TFLOP/s, fp61: 312 TFLOP/s}
            """;
        Accelerator.read(Document.read("broken.yaml", text, problems).root());
        assertTrue(problems.all().size() >= 7, () -> "" + problems.all());
    }
}
