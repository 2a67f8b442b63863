// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Figure;
import dev.dryrun.hardware.catalog.Problems;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The figures of one sheet agree with each other.
class DataSheetTest {
    private static final String NAMES = "dev.dryrun.hardware.accelerator.CatalogAccelerators#names";

    /// Sheets print each peak to three or four digits and some vendors round down, some up: L40S has 362, 733 and 183.
    private static final double PRINTED = 0.013;

    /// Peaks that are not in the usual proportion, and what they are to the format before.
    private static final Map<String, Double> EXCEPTIONS = Map.of(
            // One rate of the matrix engines for 16 and 8 bits; sums of fp32 operands as in the vendor's table.
            "gaudi3 fp8", 1.0,
            "gaudi3 tf32", 459.0 / 1677,
            // Blackwell Ultra has half as much again of 4-bit units as Blackwell; documents differ on B300.
            "b300-sxm-288gb fp4", 2.8,
            "gb300-279gb fp4", 3.0);

    @ParameterizedTest
    @MethodSource(NAMES)
    void halfTheBitsDoubleTheRate(String name) {
        Map<String, Figure> figures = CatalogAccelerators.read(name).figures();
        ratio(figures, name, "bf16", "fp16", 1);
        ratio(figures, name, "tf32", "fp16", 0.5);
        ratio(figures, name, "fp8", "bf16", 2);
        ratio(figures, name, "fp4", "fp8", 2);
    }

    private static void ratio(Map<String, Figure> figures, String name, String key, String other, double usual) {
        Figure figure = figures.get("peak/" + key);
        Figure reference = figures.get("peak/" + other);
        if (figure != null && reference != null) {
            double expected = EXCEPTIONS.getOrDefault(name + " " + key, usual);
            double found = figure.value() / reference.value();
            assertEquals(expected, found, PRINTED * expected, () -> name + " " + key + " over " + other);
        }
    }

    @ParameterizedTest
    @MethodSource(NAMES)
    void theDriverKeepsSomeMemory(String name) {
        Accelerator accelerator = CatalogAccelerators.read(name);
        assertTrue(accelerator.usableMemoryBytes() < accelerator.memoryBytes(), name);
        assertTrue(accelerator.usableMemoryBytes() > 0.9 * accelerator.memoryBytes(), name);
    }

    @ParameterizedTest
    @MethodSource(NAMES)
    void linksAddUp(String name) {
        Map<String, Figure> figures = CatalogAccelerators.read(name).figures();
        if (figures.containsKey("scale_up/bandwidth")) {
            double links = figures.get("scale_up/count").value()
                    * figures.get("scale_up/per_link").value();
            assertEquals(links, figures.get("scale_up/bandwidth").value(), 1e-9 * links, name);
        }
    }

    /// A product of RTX 4090 is above its peak: the sheet's peak holds for a clock that the card exceeds.
    @ParameterizedTest
    @MethodSource(NAMES)
    void nothingMeasuredIsAboveTheSheet(String name) {
        Accelerator accelerator = CatalogAccelerators.read(name);
        accelerator.figures().forEach((key, figure) -> {
            String[] parts = key.split("/", 4);
            if (!parts[0].equals("ceilings")) {
                return;
            }
            double limit = switch (parts[1]) {
                case "matmul" -> matmulLimit(accelerator, parts[2]);
                case "memory" -> accelerator.memoryBytesPerSecond();
                default -> accelerator.figures().get("scale_up/bandwidth").value();
            };
            double above = name.equals("rtx-4090") ? 1.05 : 1;
            assertTrue(figure.value() < limit * above, name + " " + key);
        });
    }

    private static double matmulLimit(Accelerator accelerator, String precision) {
        return precision.equals("unstated")
                ? accelerator.peakFlopsPerSecond(Precision.BF16)
                : accelerator.peakFlopsPerSecond(Precision.valueOf(precision.toUpperCase(Locale.ROOT)));
    }

    @Test
    void theRuleOfThumbForA100() {
        for (String name : new String[] {"a100-sxm-40gb", "a100-sxm-80gb"}) {
            Figure achieved = CatalogAccelerators.read(name).figures().get("achieved");
            assertEquals(115e12, achieved.value());
            assertEquals("EleutherAI, Transformer Math 101", achieved.source());
        }
    }

    @Test
    void peaksForPeopleAreNoPrecisions() {
        Accelerator b200 = CatalogAccelerators.read("b200-sxm-180gb");
        assertEquals(37e12, b200.figures().get("peak/fp64").value());
        assertFalse(b200.peakFlopsPerSecond().keySet().stream()
                .anyMatch(precision -> precision.name().equals("FP64")));
    }

    /// Twice the rate of fp8 products, as the peaks have it.
    @Test
    void productsOfFourBitsFollowTheSixteenBitRate() {
        Accelerator b200 = CatalogAccelerators.read("b200-sxm-180gb");
        assertEquals(9e15, b200.peakFlopsPerSecond(Precision.FP4));
        double share = b200.gemm().rateFlopsPerSecond(Precision.BF16) / 2250e12;
        assertEquals(share * 9e15, b200.gemm().rateFlopsPerSecond(Precision.FP4), 1e3);
    }

    @Test
    void aWrongSheetSaysWhatIsWrong() {
        var problems = new Problems();
        String text = """
            power: 400
            scale_up: {link: nvlink3, count: 0, bandwith: 300 GB/s}
            ceilings:
              - {kind: matmul, test: some, value: 300 GB/s, status: measured, source: me, date: 2026}
              - {kind: memory, value: 300 GB/s, status: seen, source: me, date: 2026}
            """;
        DataSheet.read(Document.read("sheet.yaml", text, problems).root(), new KeptFigures());
        String all = problems.all().toString();
        for (String field : new String[] {
            "power",
            "scale_up.count",
            "scale_up.bandwidth",
            "scale_up.bandwith",
            "ceilings[0].value",
            "ceilings[1].test",
            "ceilings[1].status"
        }) {
            assertTrue(all.contains(field + " is "), () -> field + " is not in " + all);
        }
        assertEquals(7, problems.count(), all);
    }
}
