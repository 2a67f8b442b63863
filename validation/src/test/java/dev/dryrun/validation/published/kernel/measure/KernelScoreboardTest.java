// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.KernelResiduals;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.validation.published.kernel.print.KernelJson;
import dev.dryrun.validation.published.kernel.print.KernelText;
import dev.dryrun.validation.published.kernel.table.KernelKind;
import dev.dryrun.validation.published.kernel.table.KernelTable;
import dev.dryrun.validation.published.kernel.table.KernelWork;
import dev.dryrun.validation.published.kernel.table.MeasuredKernel;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelScoreboardTest {
    private static final KernelScoreboard BUILT_IN =
            KernelScoreboard.of(KernelTable.builtIn().rows(), KernelScoreboardTest::accelerator);

    /// The bar: 8 % over products of 10 us and more. The mean of n errors that spread about as wide as their mean lies
    /// within 3/sqrt(n) of it, and some 200 of a file are in the sample.
    @ParameterizedTest
    @CsvSource({"a100-sxm-80gb, 0.06", "h100-sxm-80gb, 0.079"})
    void productsHeldOutAreAsTheDocumentsSay(String name, double stated) {
        List<ScoredKernel> rows = BUILT_IN
                .groups()
                .getOrDefault(new KernelScoreboard.Group(name, KernelKind.GEMM, FitRole.HELD_OUT), List.of())
                .stream()
                .filter(row -> row.regime() != TimeRegime.UNDER_10_US)
                .toList();
        assertTrue(rows.size() > 100, name + " has " + rows.size());
        double mean = KernelErrors.of(rows).orElseThrow().mean();
        assertEquals(stated, mean, 3 * stated / Math.sqrt(rows.size()), name);
    }

    /// What the catalog says of products, over those of the sample that its own fit has not seen in whole.
    @ParameterizedTest
    @ValueSource(strings = {"a100-sxm-80gb", "h100-sxm-80gb", "a40", "b200-sxm-180gb"})
    void theCatalogKnowsItsResiduals(String name) {
        double stated = KernelResiduals.meanError(accelerator(name), KernelResiduals.Kind.GEMM)
                .orElseThrow();
        List<ScoredKernel> rows = BUILT_IN.rows().stream()
                .filter(row -> row.accelerator().equals(name)
                        && row.predicted()
                        && row.role() != FitRole.FITTED
                        && row.row().work().kind() == KernelKind.GEMM
                        && row.row().seconds() >= 100e-6)
                .toList();
        double mean = KernelErrors.of(rows).orElseThrow().mean();
        assertEquals(stated, mean, 3 * stated / Math.sqrt(rows.size()), name);
    }

    @Test
    void everyRowIsPredictedOrSaysWhyNot() {
        for (ScoredKernel row : BUILT_IN.rows()) {
            assertEquals(row.predicted(), row.skipped().isEmpty(), row::toString);
        }
    }

    @Test
    void anUnknownAcceleratorIsSkippedWithItsName() {
        var work = new KernelWork.Product(Gemm.of(512, 512, 512, Precision.FP16));
        var kernel = new MeasuredKernel("mine.csv", 2, "Tesla T4", "linear", work, 1e-3);
        KernelScoreboard board = KernelScoreboard.of(List.of(kernel), KernelScoreboardTest::accelerator);
        assertEquals("the catalog has no Tesla T4", board.rows().getFirst().skipped());
        assertTrue(KernelText.write(board, 5).contains("the catalog has no Tesla T4"));
        assertTrue(KernelJson.write(board).contains("\"skipped\" : \"the catalog has no Tesla T4\""));
    }

    /// Users' files are held out: no fit has seen them.
    @Test
    void aFileOfOnesOwnIsHeldOut() {
        var work = new KernelWork.Product(Gemm.of(512, 512, 512, Precision.FP16));
        var kernel = new MeasuredKernel("mine.csv", 2, "h100", "linear", work, 1e-3);
        KernelScoreboard board = KernelScoreboard.of(List.of(kernel), KernelScoreboardTest::accelerator);
        assertEquals(FitRole.HELD_OUT, board.rows().getFirst().role());
        assertEquals("h100-sxm-80gb", board.rows().getFirst().accelerator());
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA A100-PCIE-40GB, a100-pcie-40gb",
        "NVIDIA A100 80GB PCIe, a100-pcie-80gb",
        "a100_pcie_bf16, a100-pcie-80gb",
        "NVIDIA H100 80GB HBM3, h100-sxm-80gb",
        "b200_bf16_ceperm, b200-sxm-180gb",
        "SM100 with 2500 TFLOPS peak (GB200/GB300 class), gb200-186gb",
        "SM100 with 2500 TFLOPS peak, gb200-186gb"
    })
    void devicesAreFoundByTheirNames(String said, String name) {
        assertEquals(name, DeviceName.accelerator(said).orElseThrow());
    }

    private static Accelerator accelerator(String name) {
        var problems = new Problems();
        Document document = Objects.requireNonNull(new Catalog(List.of()).find("accelerators", name, problems));
        return Accelerator.read(document.root());
    }
}
