// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.sim.random.RandomStreams;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/// Times made by the model with another rate and gap are taken back to these.
class ProductFitTest {
    private static final double SHORT_SECONDS = 1e-3;

    /// The priors' pull on constants that times without noise identify: a part in a hundred of their widths.
    private static final double PULL = 0.01;

    private static Accelerator h100() {
        var problems = new Problems();
        return Accelerator.read(
                Objects.requireNonNull(new Catalog(List.of()).find("accelerators", "h100-sxm-80gb", problems))
                        .root());
    }

    @RepeatedTest(5)
    void aRateAndAGapAreRecovered(RepetitionInfo repetition) {
        RandomGenerator random = new RandomStreams(1, repetition.getCurrentRepetition()).stream("products", 0);
        double rate = random.nextDouble(0.8, 1.1);
        double gap = random.nextDouble(0.6, 1.8);
        Accelerator sheet = h100();
        ProductFit fit = ProductFit.of(sheet, products(sheet, rate, gap, random));
        assertEquals(List.of("rate.bf16", "sustained_clock", "gap"), fit.names());
        assertEquals(rate, fit.value(0) / fit.catalogValue(0), PULL);
        assertEquals(gap, fit.value(2) / fit.catalogValue(2), 2 * PULL);
        assertTrue(fit.identified(0) && fit.identified(2));
        assertTrue(fit.meanErrorPct(true) < fit.meanErrorPct(false));
    }

    @Test
    void shortProductsSayNothingOfTheSustainedClock() {
        Accelerator sheet = h100();
        RandomGenerator random = new RandomStreams(1, 0).stream("products", 0);
        ProductFit fit = ProductFit.of(sheet, products(sheet, 0.9, 1, random));
        assertFalse(fit.identified(1));
        assertEquals(fit.catalogValue(1), fit.value(1));
    }

    /// Long products know the product of rate and sustained clock only. The clock goes back to the catalog's, where it
    /// was; the rate must take over what the first fit had laid on it, a tenth of the difference by the two priors.
    @Test
    void whatIsIdentifiedIsFittedBesideTheCatalogsValues() {
        Accelerator sheet = h100();
        GemmCalibration gemm = sheet.gemm();
        Map<Precision, Double> rates = new EnumMap<>(gemm.burstFlopsPerSecond());
        rates.computeIfPresent(Precision.BF16, (precision, old) -> old * 0.8);
        var model = new KernelModel(sheet.withGemm(gemm.withRates(rates, gemm.sustainedClock())), 1);
        var products = new ArrayList<TimedProduct>();
        for (int i = 0; i < 60; i++) {
            Gemm product = Gemm.of(16384 + 1024 * (i % 8), 16384, 16384 + 1024 * (i / 8), Precision.BF16);
            products.add(new TimedProduct(product, model.gemmSeconds(product)));
        }
        ProductFit fit = ProductFit.of(sheet, products);
        assertTrue(fit.identified(0));
        assertFalse(fit.identified(1));
        assertEquals(fit.catalogValue(1), fit.value(1));
        assertEquals(0.8, fit.value(0) / fit.catalogValue(0), PULL / 2);
        assertEquals(0, fit.meanErrorPct(true), 100 * PULL / 2);
    }

    private static List<TimedProduct> products(Accelerator sheet, double rate, double gap, RandomGenerator random) {
        GemmCalibration gemm = sheet.gemm();
        Map<Precision, Double> rates = new EnumMap<>(gemm.burstFlopsPerSecond());
        rates.computeIfPresent(Precision.BF16, (precision, old) -> old * rate);
        GemmCalibration moved = gemm.withShape(
                        gemm.lastWaveCost(), gemm.squareTileRate(), gemm.narrowTileRate(), gap * gemm.gapSeconds())
                .withRates(rates, 1);
        var model = new KernelModel(sheet.withGemm(moved), 1);
        var products = new ArrayList<TimedProduct>();
        while (products.size() < 60) {
            Gemm product = Gemm.of(
                    128L << random.nextInt(6), 128L << random.nextInt(6), 128L << random.nextInt(6), Precision.BF16);
            double seconds = model.gemmSeconds(product);
            if (seconds < SHORT_SECONDS) {
                products.add(new TimedProduct(product, seconds));
            }
        }
        return products;
    }
}
