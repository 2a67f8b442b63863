// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.hardware.kernel.Output;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The catalog's numbers give back measured products as well as the file says.
class MeasuredProductsTest {
    private static final double BURST_BELOW_SECONDS = 1.6e-3;

    /// B200 reaches its power limit earlier.
    private static final double B200_BURST_BELOW_SECONDS = 0.4e-3;

    /// Absolute errors of a fitted model spread about as wide as their mean m, so the mean of twelve lies below
    /// m (1 + 3/sqrt(12)) = 1.87 m in all but a thousandth of draws.
    private static final double TWELVE_DRAWS = 1 + 3 / Math.sqrt(12);

    @Test
    void a100ProductsHeldOut() throws IOException {
        assertWithinStatedError("a100-sxm-80gb", "vidur");
    }

    @Test
    void h100ProductsHeldOut() throws IOException {
        assertWithinStatedError("h100-sxm-80gb", "vidur");
    }

    @Test
    void a100ProductsThatAccumulate() throws IOException {
        assertWithinStatedError("a100-sxm-80gb", "simumax");
    }

    @Test
    void a100PcieProductsHeldOut() throws IOException {
        assertWithinStatedError("a100-pcie-80gb", "held-out");
    }

    @Test
    void b200ProductsHeldOut() throws IOException {
        assertWithinStatedError("b200-sxm-180gb", "held-out");
    }

    private static void assertWithinStatedError(String name, String source) throws IOException {
        Accelerator accelerator = CatalogAccelerators.read(name);
        double stated = ((Calibration.Fitted) accelerator.calibration()).heldOutError();
        List<Double> errors = new ArrayList<>();
        for (String[] row : rows()) {
            if (row[0].equals(name) && row[1].equals(source)) {
                errors.add(error(accelerator, row));
            }
        }
        assertTrue(errors.size() >= 6);
        double mean = errors.stream().mapToDouble(Math::abs).average().orElseThrow();
        assertEquals(0, mean, stated * TWELVE_DRAWS, () -> "errors " + errors);
    }

    private static double error(Accelerator accelerator, String[] row) {
        Output output = row[5].equals("store") ? Output.STORE : Output.ACCUMULATE_FP32;
        var gemm = new Gemm(
                Long.parseLong(row[2]), Long.parseLong(row[3]), Long.parseLong(row[4]), 1, Precision.FP16, output);
        double measured = Double.parseDouble(row[6]) * 1e-6;
        GemmCalibration hot = accelerator.gemm();
        double burstBelow = row[0].startsWith("b200") ? B200_BURST_BELOW_SECONDS : BURST_BELOW_SECONDS;
        GemmCalibration now = measured < burstBelow ? hot.withRates(hot.burstFlopsPerSecond(), 1) : hot;
        return new KernelModel(accelerator.withGemm(now), 1).gemmSeconds(gemm) / measured - 1;
    }

    private static List<String[]> rows() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(MeasuredProductsTest.class.getResourceAsStream("measured-products.csv"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .skip(1)
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }
}
