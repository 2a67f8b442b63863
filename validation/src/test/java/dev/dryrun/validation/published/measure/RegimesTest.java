// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegimesTest {
    private static final double EXACT = 1e-9;

    @ParameterizedTest
    @CsvSource({
        "1, 1 to 8 GPUs",
        "8, 1 to 8 GPUs",
        "9, 9 to 64 GPUs",
        "64, 9 to 64 GPUs",
        "65, 65 to 512 GPUs",
        "512, 65 to 512 GPUs",
        "513, 513 GPUs and more",
        "10752, 513 GPUs and more"
    })
    void scalesEndAtPowersOfEight(String gpus, String scale) {
        assertEquals(scale, JobScale.of(Rows.with("n_gpus", gpus)).words());
    }

    @ParameterizedTest
    @CsvSource({
        "NVIDIA A100 80GB SXM (Jean Zay), NVIDIA Ampere",
        "NVIDIA H100-SXM5-80GB, NVIDIA Hopper",
        "NVIDIA Blackwell GPU (B200-SXM-180GB), NVIDIA Blackwell",
        "NVIDIA GB300 NVL72 (DGX GB300), NVIDIA Blackwell",
        "NVIDIA V100 (DGX-2), NVIDIA Volta",
        "AMD Instinct MI325X, AMD CDNA 3",
        "AMD Instinct MI355X, AMD CDNA 4",
        "an abacus, others"
    })
    void generationsByTheChipsThatHardwareNames(String hardware, String generation) {
        assertEquals(
                generation,
                AcceleratorGeneration.of(Rows.with("hardware", hardware)).words());
    }

    /// One family 10 % and 30 % off on two rows of 64 GPUs, another 40 % off on one: 64 GPUs are (20 + 40) / 2 = 30 %
    /// off, not 80/3. Both are A100 and dense; 8 GPUs are one node, of a third family that is exact.
    @Test
    void familiesCountEquallyInARegime() {
        List<ScoredRun> runs = score(
                Rows.with("id", "a", "family", "one", "value", "100"),
                Rows.with("id", "b", "family", "one", "value", "84.6153846153846153"),
                Rows.with("id", "c", "family", "two", "value", "78.571428571428571"),
                Rows.with("id", "d", "family", "three", "value", "110", "n_gpus", "8", "pp", "1", "global_batch", "8"),
                Rows.with("id", "e", "family", "four", "quality", "C", "value", "1"));
        List<RegimeScore> scores = RegimeScore.of(runs);
        assertEquals(
                List.of("one node", "several nodes", "dense", "NVIDIA Ampere", "1 to 8 GPUs", "9 to 64 GPUs"),
                scores.stream().map(score -> score.measures().family()).toList());
        RegimeScore several = scores.get(1);
        assertEquals(2, several.families());
        assertEquals(3, several.measures().rows());
        assertEquals(30, several.measures().mapePct().orElseThrow(), 1e-6);
        assertEquals(20, scores.get(3).measures().mapePct().orElseThrow(), 1e-6);
        HardwareByScale matrix = HardwareByScale.of(runs);
        assertEquals(List.of(AcceleratorGeneration.AMPERE), matrix.hardware());
        assertEquals(
                0,
                matrix.at(AcceleratorGeneration.AMPERE, JobScale.NODE)
                        .orElseThrow()
                        .mapePct()
                        .orElseThrow(),
                EXACT);
        assertTrue(matrix.at(AcceleratorGeneration.AMPERE, JobScale.CLUSTER).isEmpty());
    }

    /// Reasons by how many rows have them, the first reason of each.
    @Test
    void skippedRowsByReason() {
        List<ScoredRun> runs = score(
                Rows.with("id", "a", "hardware", "abacus"),
                Rows.with("id", "b", "hardware", "abacus", "family", "other"),
                Rows.with("id", "c", "unit", "furlongs"),
                Rows.with("id", "d"));
        List<SkippedRows> skipped = SkippedRows.of(runs);
        assertEquals(2, skipped.size());
        assertEquals(2, skipped.getFirst().rows());
        assertEquals(List.of("test", "other"), skipped.getFirst().families());
        assertTrue(skipped.getLast().reason().contains("furlongs"));
    }

    private static List<ScoredRun> score(MeasuredRun... rows) {
        Predictor hundredTen = job -> new Prediction(110, 1, 1, 1, true, List.of());
        return new Scoring(new RunMapping(Rows.NAMES, Rows.MODELS), hundredTen)
                .score(List.of(rows), () -> {})
                .runs();
    }
}
