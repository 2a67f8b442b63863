// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeFinderTest {
    private static final Catalog CATALOG = new Catalog(List.of());

    /// Names as drivers tell them.
    @ParameterizedTest
    @CsvSource({
        "NVIDIA A100-SXM4-80GB, a100-sxm-80gb",
        "A100-SXM4-40GB, a100-sxm-40gb",
        "NVIDIA A100 80GB PCIe, a100-pcie-80gb",
        "NVIDIA H100 80GB HBM3, h100-sxm-80gb",
        "NVIDIA H100 PCIe, h100-pcie-80gb",
        "NVIDIA H100 NVL, h100-nvl-94gb",
        "NVIDIA H200, h200-sxm-141gb",
        "NVIDIA B200, b200-sxm-180gb",
        "NVIDIA GB200, gb200-186gb",
        "Tesla V100-SXM2-32GB, v100-sxm-32gb",
        "NVIDIA GeForce RTX 4090, rtx-4090",
        "NVIDIA L40S, l40s",
        "AMD Instinct MI300X, mi300x",
        "AMD Instinct MI250X, mi250x-gcd"
    })
    void knowsAcceleratorsByTheNamesOfDrivers(String product, String accelerator) {
        var device = new DeviceName(product);
        assertEquals(
                List.of(accelerator),
                CATALOG.names("accelerators").stream().filter(device::fits).toList());
    }

    /// The memory of the name is the processor's.
    @Test
    void theMemoryOfAModuleWithProcessorCountsForNothing() {
        assertTrue(new DeviceName("NVIDIA GH200 480GB").fits("gh200-96gb"));
    }

    /// On one host eight H100 are the same in all nodes; between hosts their interfaces are not.
    @Test
    void nodesThatDifferInNothingUsedAreOneAnswer() {
        var finder = new NodeFinder(CATALOG);
        assertEquals(1, finder.fitting("NVIDIA H100 80GB HBM3", 8, false).size());
        assertTrue(finder.fitting("NVIDIA H100 80GB HBM3", 8, true).size() > 1);
        assertEquals(List.of("mi300x-platform"), finder.fitting("AMD Instinct MI300X", 8, true));
        assertEquals(List.of(), finder.fitting("NVIDIA RTX 6000D", 8, false));
    }
}
