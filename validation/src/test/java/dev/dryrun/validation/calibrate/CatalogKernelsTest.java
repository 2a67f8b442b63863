// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Calibration;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/// The kernel numbers in the catalog are those that the measurements give.
class CatalogKernelsTest {
    private static final Path DATA = Path.of("../../shared/data");

    /// To the last digit: the search has a fixed seed, and the files keep four digits.
    @Test
    void fittedAgainEveryFileSaysTheSame() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(DATA.resolve("kernels")), "the measured kernels are not here");
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        List<KernelsBlock> blocks = new KernelCalibration(DATA, nowhere).all(CalibrateKernels::sheet);
        List<String> names = new ArrayList<>();
        for (KernelsBlock block : blocks) {
            String name = block.accelerator().name();
            names.add(name);
            String file = Objects.requireNonNull(new Catalog(List.of()).find("accelerators", name, new Problems()))
                    .text();
            assertTrue(file.endsWith(block.text()), () -> name + " is not\n" + block.text());
        }
        assertEquals(
                new Catalog(List.of()).names("accelerators"),
                names.stream().sorted().toList());
    }

    /// The mean over products of all sizes that no fit has seen; above it an accelerator is not called calibrated.
    @Test
    void whoIsCalibratedIsWithinTwelvePercent() {
        for (String name : new Catalog(List.of()).names("accelerators")) {
            if (CalibrateKernels.sheet(name).calibration() instanceof Calibration.Fitted fitted) {
                assertTrue(fitted.heldOutError() < 0.12, name);
            }
        }
    }

    @Test
    void heirsComeAfterThoseTheyInheritFrom() {
        List<String> before = new ArrayList<>(
                List.of("a100-sxm-80gb", "h100-sxm-80gb", "v100-sxm-32gb", "a100-pcie-80gb", "a40", "b200-sxm-180gb"));
        for (Kin kin : Kin.ALL) {
            assertTrue(before.contains(kin.relative()), kin.name());
            before.add(kin.name());
        }
        assertEquals(
                new Catalog(List.of()).names("accelerators"),
                before.stream().sorted().toList());
    }
}
