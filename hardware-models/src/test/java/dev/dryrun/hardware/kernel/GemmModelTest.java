// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Precision;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class GemmModelTest {
    /// Faster than any product needs, so that only tiles and waves are left.
    private static final double NO_EPILOGUE = 1e30;

    private static final double NO_LIMIT = 1e30;

    private final KernelModel tilesOnly = new KernelModel(noOperandLimit(), 1);

    @Test
    void oneFullWaveRunsAtTheRate() {
        // 10 tiles of 256 x 128 on 10 units; K is large enough for the operands not to bind.
        Gemm gemm = fp16(2560, 128, 8192);
        assertEquals(Chips.GAP + gemm.flops() / Chips.RATE, tilesOnly.gemmSeconds(gemm), 1e-15);
    }

    @Test
    void oneTileTakesAsLongAsAFullWave() {
        assertEquals(tilesOnly.gemmSeconds(fp16(2560, 128, 8192)), tilesOnly.gemmSeconds(fp16(256, 128, 8192)), 1e-15);
    }

    @Test
    void anEleventhTileCostsASecondWave() {
        double oneWave = tilesOnly.gemmSeconds(fp16(2560, 128, 8192)) - Chips.GAP;
        double twoWaves = tilesOnly.gemmSeconds(fp16(2568, 128, 8192)) - Chips.GAP;
        assertEquals(2 * oneWave, twoWaves, 1e-15);
    }

    @Test
    void lastWaveCostsItsShare() {
        // 11 tiles on 10 units are 1.1 waves; of the missing 0.9 a share of 0.3 is paid.
        var soft = new KernelModel(Chips.with(0.3, NO_EPILOGUE, 0).withMemoryBandwidth(NO_LIMIT), 1);
        double wave = soft.gemmSeconds(fp16(2560, 128, 8192)) - Chips.GAP;
        assertEquals(wave * (1.1 + 0.3 * 0.9), soft.gemmSeconds(fp16(2816, 128, 8192)) - Chips.GAP, 1e-15);
    }

    /// 11 tiles on 10 units take 1.1 times what 10 take, and so do as many of an odd size; memory is
    /// free.
    @Test
    void withoutWavesAlignmentAndEpilogueOnlyTilesAreLeft() {
        var gemm = Chips.round().gemm();
        var free = gemm.withShape(0, gemm.squareTileRate(), gemm.narrowTileRate(), 0)
                .withEpilogue(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY)
                .aligned();
        var model = new KernelModel(Chips.round().withGemm(free).withMemoryBandwidth(NO_LIMIT), 1);
        double tile = 2.0 * 256 * 128 * Chips.UNITS / Chips.RATE;
        assertEquals(1.1 * tile * 8192, model.gemmSeconds(fp16(2816, 128, 8192)), 1e-15);
        assertEquals(1.1 * tile * 8191, model.gemmSeconds(fp16(2816, 128, 8191)), 1e-15);
        assertEquals(
                2.0 * 2816 * 128 * 8191 * 4 / Chips.RATE,
                model.gemmSeconds(new Gemm(2816, 128, 8191, 4, Precision.FP16, Output.STORE)),
                1e-15);
    }

    @Test
    void smallTilesHelpWhenFewTilesAreLarge() {
        // A product of 128 x 64 as two tiles of 64 x 64, which run at 0.8^2/0.9 of the rate: 128 x 64 at 0.8 takes
        // longer.
        var cheap = Chips.with(1, NO_EPILOGUE, 0).gemm().withShape(1, 0.9, 0.8, Chips.GAP);
        var model = new KernelModel(noOperandLimit().withGemm(cheap), 1);
        double small = 2.0 * 64 * 64 * 4096 * Chips.UNITS / (0.8 * 0.8 / 0.9 * Chips.RATE);
        assertEquals(Chips.GAP + small, model.gemmSeconds(fp16(128, 64, 4096)), 1e-15);
    }

    @Test
    void accumulatingAddsSixBytesOverStoring() {
        var model = new KernelModel(Chips.round().withMemoryBandwidth(NO_LIMIT), 1);
        var store = fp16(2560, 128, 8192);
        var accumulate = new Gemm(2560, 128, 8192, 1, Precision.FP16, Output.ACCUMULATE_FP32);
        double extra = 6.0 * 2560 * 128 / 4e12;
        assertEquals(model.gemmSeconds(store) + extra, model.gemmSeconds(accumulate), 1e-15);
    }

    @Test
    void aThinProductIsBoundByItsOperands() {
        Gemm thin = fp16(8, 1 << 14, 1 << 14);
        double bytes = 2.0 * (8.0 * (1 << 14) + Math.scalb(1.0, 28) + 8.0 * (1 << 14));
        var fast = Chips.with(1, NO_EPILOGUE, 0);
        var rate = fast.gemm().withRates(Map.of(Precision.FP16, 1e18), 1);
        assertEquals(
                Chips.GAP + bytes / Chips.BANDWIDTH, new KernelModel(fast.withGemm(rate), 1).gemmSeconds(thin), 1e-15);
    }

    /// 2^(1/3) of either where computing and memory take the same.
    @Test
    void besideTheKneeOfTheRoofBothCost() {
        Gemm gemm = fp16(2560, 128, 8192);
        double compute = gemm.flops() / Chips.RATE;
        Accelerator balanced = Chips.with(1, NO_EPILOGUE, 0).withMemoryBandwidth(gemm.memoryBytes() / compute);
        assertEquals(
                Chips.GAP + compute * Math.cbrt(2), new KernelModel(balanced, 1).gemmSeconds(gemm), 1e-12 * compute);
    }

    @Test
    void fp32ProductsPayNothingForSmallTiles() {
        // One wave of ten 64 x 64 tiles at the rate of the vector units.
        Gemm gemm = Gemm.of(640, 64, 4096, Precision.FP32);
        assertEquals(
                Chips.GAP + gemm.flops() / (Chips.RATE / 10), tilesOnly.gemmSeconds(gemm), 1e-9 * gemm.flops() / 1e12);
    }

    /// 154 rows of an expert are no row length: they take what 160 do, and stay on the tensor cores.
    @Test
    void groupedProductsPadTheirTokens() {
        var model = new KernelModel(Chips.round(), 1);
        Gemm padded = new Gemm(160, 3072, 5120, 40, Precision.FP16, Output.STORE);
        assertEquals(model.gemmSeconds(padded), model.groupedSeconds(fp16(154, 3072, 5120), 40));
    }

    @Test
    void unalignedRowsRunAtTheirShare() {
        // Both products fill one wave of 256 x 128 tiles exactly as the aligned one does.
        double aligned = tilesOnly.gemmSeconds(fp16(2560, 128, 8192)) - Chips.GAP;
        double odd = tilesOnly.gemmSeconds(fp16(2560, 127, 8192)) - Chips.GAP;
        double even = tilesOnly.gemmSeconds(fp16(2560, 126, 8192)) - Chips.GAP;
        assertEquals(aligned / 0.4, odd, 1e-15);
        assertEquals(aligned / 0.6, even, 1e-15);
    }

    @Test
    void unalignedAttentionProductsLeaveTheTensorCores() {
        Gemm scores = new Gemm(2048, 2048, 108, 16, Precision.FP16, Output.STORE);
        assertEquals(Chips.GAP + scores.flops() / 1e12, tilesOnly.gemmSeconds(scores), 1e-12);
    }

    @Test
    void unknownPrecisionIsNamed() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> tilesOnly.gemmSeconds(Gemm.of(256, 256, 256, Precision.FP8)));
        assertTrue(error.getMessage().contains("FP8"), error.getMessage());
    }

    @RepeatedTest(100)
    void doublingTheDepthDoublesTheTiles(RepetitionInfo repetition) {
        Gemm gemm = random(repetition, 1);
        var deeper = new Gemm(gemm.m(), gemm.n(), 2 * gemm.k(), 1, Precision.FP16, Output.STORE);
        var model = new KernelModel(noOperandLimit(), 1);
        double once = model.gemmSeconds(gemm) - Chips.GAP;
        assertEquals(2 * once, model.gemmSeconds(deeper) - Chips.GAP, 1e-9 * once);
    }

    @RepeatedTest(100)
    void neverFasterThanRateOrMemory(RepetitionInfo repetition) {
        Gemm gemm = random(repetition, 1 + repetition.getCurrentRepetition() % 7);
        double seconds = new KernelModel(Chips.round(), 1).gemmSeconds(gemm);
        assertTrue(seconds >= gemm.flops() / Chips.RATE, gemm::toString);
        assertTrue(seconds >= gemm.memoryBytes() / Chips.BANDWIDTH, gemm::toString);
    }

    @RepeatedTest(100)
    void moreRowsNeverTakeLess(RepetitionInfo repetition) {
        Gemm gemm = random(repetition, 1);
        var more = new Gemm(gemm.m() + 8, gemm.n(), gemm.k(), 1, Precision.FP16, Output.STORE);
        var model = new KernelModel(Chips.round(), 1);
        assertTrue(model.gemmSeconds(more) >= model.gemmSeconds(gemm), gemm::toString);
    }

    private static Accelerator noOperandLimit() {
        return Chips.with(1, NO_EPILOGUE, 0).withMemoryBandwidth(NO_LIMIT);
    }

    /// Sizes are multiples of 8, so that alignment never changes within a property.
    private static Gemm random(RepetitionInfo repetition, long batch) {
        var random = new Random(repetition.getCurrentRepetition());
        return new Gemm(size(random), size(random), size(random), batch, Precision.FP16, Output.STORE);
    }

    private static long size(Random random) {
        return 8L * random.nextInt(1, 1024);
    }

    private static Gemm fp16(long m, long n, long k) {
        return Gemm.of(m, n, k, Precision.FP16);
    }
}
