// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.strategy.model.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InferenceTest {
    private static final double MIB = 0x1p20;
    private static final double GIB = 0x1p30;

    /// The table of memory and disk requirements in llama.cpp's README of 2023, in "GB": LLaMA's layers, hidden size,
    /// heads and MLP width (Touvron et al., 2023, arXiv:2302.13971, table 2), size in fp16 and in 4 bits.
    ///
    /// The program's own log prints sizes in MiB (7B: 4017.27, below), so a "GB" of the table may be a GiB or a
    /// thousand MiB, which are 2.4 % apart; which one is a guess, so an entry has to lie between the two. fp16 entries
    /// are whole and were rounded in either direction (13 for 12.6, 60 for 60.6): one unit of the last digit, which for
    /// 120 is ten. The 4-bit entries are read as tenths (7B, 13B) or halves (30B, 65B): half a unit.
    @ParameterizedTest
    @CsvSource({
        "32, 4096, 32, 11008, 13, 1, 3.9, 0.05",
        "40, 5120, 40, 13824, 24, 1, 7.8, 0.05",
        "60, 6656, 52, 17920, 60, 1, 19.5, 0.25",
        "80, 8192, 64, 22016, 120, 10, 38.5, 0.25",
    })
    void weightsMatchTheTableOfLlamaCpp(
            int layers,
            int hidden,
            int heads,
            int ffn,
            double half,
            double halfTolerance,
            double quarter,
            double quarterTolerance) {
        ModelArchitecture model = Models.llama(layers, hidden, heads, heads, ffn, 32000);
        assertBetweenGibAndThousandMib(half, halfTolerance, WeightFormat.FP16.bytes(model.parameters()));
        assertBetweenGibAndThousandMib(quarter, quarterTolerance, WeightFormat.Q4.bytes(model.parameters()));
    }

    /// The log of 10 March 2023 in llama.cpp's README, commit 007a8f6: "model size = 4017.27 MB" for the 7B model in
    /// 4 bits. Its 65 norms of 4,096 weights stay in fp32, which is 27 bits a weight more.
    @Test
    void fourBitsMatchTheLogOfLlamaCpp() {
        double parameters = Models.llama(32, 4096, 32, 32, 11008, 32000).parameters();
        double norms = 65 * 4096.0;
        double bytes = WeightFormat.Q4.bytes(parameters - norms) + WeightFormat.FP32.bytes(norms);
        assertEquals(4017.27, bytes / MIB, 0.005);
        assertEquals(norms * 27 / 8, bytes - WeightFormat.Q4.bytes(parameters), 1e-3);
    }

    /// Llama 2 7B in 16 bits: 2 * 32 layers * 4096 * 2 bytes is half a MiB; with 8 of 64 heads, 70B has 320 KiB.
    @ParameterizedTest
    @CsvSource({"32, 4096, 32, 32, 11008, 524288", "80, 8192, 64, 8, 28672, 327680"})
    void keysAndValuesOfAToken(int layers, int hidden, int heads, int keyValueHeads, int ffn, double bytes) {
        ModelFigures figures = ModelFigures.of(Models.llama(layers, hidden, heads, keyValueHeads, ffn, 32000));
        var cache = new KeyValueCache(figures.keyValueElementsPerToken().orElseThrow(), 2);
        assertEquals(bytes, cache.bytesPerToken());
        assertEquals(bytes * 4096 * 8, cache.bytes(8, 4096));
    }

    private static void assertBetweenGibAndThousandMib(double printed, double tolerance, double bytes) {
        double least = bytes / GIB;
        double most = bytes / (1000 * MIB);
        assertTrue(
                printed >= least - tolerance && printed <= most + tolerance,
                () -> printed + " is not between " + least + " and " + most + " +- " + tolerance);
    }
}
