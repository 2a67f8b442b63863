// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Figure;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.strategy.estimate.TrainingFormat;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SpeedReaderTest {
    private static final String SOURCE = "Transformer Math 101, EleutherAI, 2023";

    private static Speed speed(TrainingFormat format, Map<String, String> options, Accelerator accelerator) {
        return new SpeedReader(new WrittenOptions(options), accelerator, format, Recompute.NONE)
                .withoutModel()
                .orElseThrow();
    }

    @Test
    void theRuleOfThumbOfTheCatalogStandsFor16Bits() {
        Accelerator a100 = withRule(115e12);
        Speed typical = speed(TrainingFormat.BF16, Map.of(), a100);
        assertEquals(Speed.Kind.TYPICAL, typical.kind());
        assertEquals(115e12, typical.rate().modelFlopsPerSecond());
        assertEquals("rule of thumb, 115 TFLOP/s: " + SOURCE, typical.basis());
        Speed fp32 = speed(TrainingFormat.FP32, Map.of(), a100);
        assertEquals(Speed.Kind.ASSUMED, fp32.kind());
        assertEquals(0.4 * 19.5e12, fp32.rate().modelFlopsPerSecond(), 1);
    }

    @Test
    void withoutARuleAShareOfThePeakIsAssumedAndSaid() {
        Speed assumed = speed(TrainingFormat.BF16, Map.of(), withoutRule());
        assertEquals(Speed.Kind.ASSUMED, assumed.kind());
        assertEquals(0.4 * 312e12, assumed.rate().modelFlopsPerSecond(), 1);
        assertEquals("assumed: 40 % of 312 TFLOP/s, the bf16 peak", assumed.basis());
    }

    @Test
    void whatIsGivenStandsAboveBoth() {
        Speed given = speed(TrainingFormat.BF16, Map.of("--mfu", "0.5"), withRule(115e12));
        assertEquals(Speed.Kind.GIVEN, given.kind());
        assertEquals(156e12, given.rate().modelFlopsPerSecond(), 1);
        Speed tera = speed(TrainingFormat.BF16, Map.of("--tflops-per-gpu", "140"), withRule(115e12));
        assertEquals(140e12, tera.rate().modelFlopsPerSecond());
    }

    /// 1,000 tokens/s of 42e9 FLOPs each on 4 GPUs.
    @Test
    void tokensASecondAreThoseOfAllGpus() {
        var options = new WrittenOptions(Map.of("--tokens-per-second", "1000"));
        var reader = new SpeedReader(options, null, TrainingFormat.BF16, Recompute.FULL);
        Speed speed = reader.ofTokens(42e9, OptionalLong.of(4)).orElseThrow();
        assertEquals(1000 * 42e9 / 4, speed.rate().modelFlopsPerSecond());
        assertEquals("given: 1000 tokens/s on 4 GPUs", speed.basis());
    }

    private static Accelerator withRule(double flopsPerSecond) {
        Map<String, Figure> figures = new HashMap<>(withoutRule().figures());
        figures.put("achieved", new Figure(flopsPerSecond, SOURCE, "2023-04", Figure.Status.UNVERIFIED));
        return withFigures(figures);
    }

    /// The rules of the catalog, if it has any, are others' to test.
    private static Accelerator withoutRule() {
        Map<String, Figure> figures = new HashMap<>(a100().figures());
        figures.remove("achieved");
        return withFigures(figures);
    }

    private static Accelerator withFigures(Map<String, Figure> figures) {
        Accelerator a100 = a100();
        return new Accelerator(
                a100.name(),
                a100.title(),
                a100.vendor(),
                a100.computeUnits(),
                a100.memoryBytes(),
                a100.usableMemoryBytes(),
                a100.memoryBytesPerSecond(),
                a100.streamEfficiency(),
                a100.peakFlopsPerSecond(),
                a100.gemm(),
                a100.attention(),
                a100.speedSpread(),
                a100.calibration(),
                figures);
    }

    private static Accelerator a100() {
        return Accelerator.read(
                Objects.requireNonNull(new Catalog(List.of()).find("accelerators", "a100-sxm-80gb", new Problems()))
                        .root());
    }
}
