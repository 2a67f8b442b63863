// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.published.mapping.JobSketch;
import dev.dryrun.validation.published.mapping.MappedRun;
import dev.dryrun.validation.published.mapping.RunMapping;
import dev.dryrun.validation.published.table.MeasuredRun;
import dev.dryrun.validation.published.table.Rows;
import dev.dryrun.validation.published.table.RunTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepTimeTest {
    /// A step of 64 sequences of 2,048 tokens (131,072 tokens) on 64 GPUs that takes 8 s, in every unit of time and
    /// rate.
    @ParameterizedTest
    @CsvSource({
        "8,      s",
        "8,      s/iter",
        "8000,   ms",
        "8000,   ms/iter",
        "256,    tokens/s/GPU",
        "256,    tokens/s/GPU (samples/s*seq/gpus)",
        "16384,  tokens/s total",
        "16384,  tokens/s",
        "8,      samples/s total",
        "0.125,  samples/s/GPU",
        "8,      sequences/s",
    })
    void timesAndRates(String value, String unit) {
        assertEquals(8.0, seconds(Rows.with("value", value, "unit", unit)).orElseThrow(), 1e-12);
    }

    /// GPT-3 175B with B = 64: hardware 96 B s L h^2 (1 + s/6h + V/16Lh), model 72 B s L h^2 (1 + s/6h + V/12Lh)
    /// (Narayanan et al., 2021, arXiv:2104.04473; model FLOPs without the recomputed forward pass).
    @Test
    void flopRatesByTheFormulasOfMegatron() {
        double base = 64.0 * 2048 * 96 * 12288 * 12288;
        double attention = 2048 / (6.0 * 12288);
        double hardware = 96 * base * (1 + attention + 51200 / (16.0 * 96 * 12288));
        double model = 72 * base * (1 + attention + 51200 / (12.0 * 96 * 12288));
        check(hardware, "TFLOP/s/GPU hardware-flops", "full");
        check(model, "TFLOP/s/GPU model-flops", "full");
        check(hardware, "TFLOP/s/GPU (convention not stated)", "full");
        check(model, "TFLOP/s/GPU (convention not stated)", "none");
        check(hardware, "TFLOP/s/GPU (convention not stated; so probably hardware-flops)", "full");
        check(model, "TFLOP/s/GPU model-flops (attention count convention not stated)", "none");
        check(model, "TFLOP/s/GPU hardware-flops", "none");
        check(model + 4 * base * 2048 / 12288, "TFLOP/s/GPU hardware-flops", "selective");
    }

    private static void check(double flops, String unit, String recompute) {
        MeasuredRun run = Rows.with("value", "150", "unit", unit, "recompute", recompute);
        double expected = flops / (64 * 150e12);
        assertEquals(expected, seconds(run).orElseThrow(), 1e-12 * expected);
        MeasuredRun aggregate =
                Rows.with("value", "9.6", "unit", unit.replace("TFLOP/s/GPU", "PFLOP/s"), "recompute", recompute);
        assertEquals(expected, seconds(aggregate).orElseThrow(), 1e-12 * expected);
    }

    /// MT-NLG's own pairs of time and rate agree by the hardware convention: 60.1, 50.2, 44.4 s and 126, 121, 113
    /// TFLOP/s, three digits each.
    @ParameterizedTest
    @CsvSource({"mt-nlg-530b-001, 60.1, 126", "mt-nlg-530b-002, 50.2, 121", "mt-nlg-530b-003, 44.4, 113"})
    void turingNlgsRatesGiveItsTimes(String id, double expected, String rate) {
        MeasuredRun run = RunTable.builtIn().runs().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .orElseThrow();
        var cells = new java.util.EnumMap<>(run.cells());
        cells.put(dev.dryrun.validation.published.table.Column.VALUE, rate);
        cells.put(dev.dryrun.validation.published.table.Column.UNIT, "TFLOP/s/GPU hardware-flops");
        double halfDigits = 0.05 / expected + 0.5 / Double.parseDouble(rate);
        assertEquals(expected, seconds(new MeasuredRun("t", 1, cells)).orElseThrow(), expected * halfDigits);
    }

    /// Every unit of the built-in table is understood.
    @Test
    void everyUnitOfTheTableIsHandled() {
        for (MeasuredRun run : RunTable.builtIn().runs()) {
            if (!run.ranOutOfMemory()
                    && new RunMapping(Rows.NAMES, Rows.MODELS).map(run)
                            instanceof MappedRun.Simulable(JobSketch sketch, List<String> ignored)) {
                OptionalDouble seconds = StepTime.seconds(run, sketch, new ArrayList<>());
                assertTrue(seconds.orElse(0) > 1e-3 && seconds.orElse(1e9) < 1000, run.id() + " " + seconds);
            }
        }
        JobSketch any = sketch(Rows.with());
        RunTable.builtIn().runs().stream()
                .filter(run -> !run.ranOutOfMemory())
                .forEach(run ->
                        assertTrue(StepTime.seconds(run, any, new ArrayList<>()).isPresent(), run.id()));
    }

    /// A rate that counts half of the pairs is that of a step with fewer FLOPs: at 2,048 tokens and hidden 12,288
    /// scores are s/(6h) of the matrices' 1, by halves s/(12h), beside V/(12 l h) of the head.
    @Test
    void causalRatesCountHalfOfAttention() {
        double head = 51_200.0 / (12 * 96 * 12_288);
        double full = 1 + 2_048.0 / (6 * 12_288) + head;
        double half = 1 + 2_048.0 / (12 * 12_288) + head;
        double one = seconds(Rows.with("unit", "TFLOP/s/GPU model-flops")).orElseThrow();
        double other = seconds(Rows.with("unit", "TFLOP/s/GPU model-flops, non-causal"))
                .orElseThrow();
        double causal =
                seconds(Rows.with("unit", "TFLOP/s/GPU model-flops, causal")).orElseThrow();
        assertEquals(one, other);
        // of 2,048 queries each sees itself too: 2,049 / 4,096 of the pairs at most
        assertEquals(half / full, causal / one, 1e-4);
    }

    @Test
    void unknownUnitsAreNotGuessed() {
        assertTrue(seconds(Rows.with("unit", "furlongs/s")).isEmpty());
        assertTrue(seconds(Rows.with("unit", "")).isEmpty());
        assertTrue(seconds(Rows.with("unit", "percent of bf16 peak")).isEmpty());
    }

    @Test
    void whatARateCountsIsListedWhereItIsAssumed() {
        MeasuredRun run = Rows.with("unit", "TFLOP/s/GPU (convention not stated)");
        List<String> assumed = new ArrayList<>();
        StepTime.seconds(run, sketch(run), assumed);
        assertEquals(List.of("rate of hardware FLOPs (by recomputation)"), assumed);
    }

    private static OptionalDouble seconds(MeasuredRun run) {
        return StepTime.seconds(run, sketch(run), new ArrayList<>());
    }

    private static JobSketch sketch(MeasuredRun run) {
        return assertInstanceOf(MappedRun.Simulable.class, new RunMapping(Rows.NAMES, Rows.MODELS).map(run))
                .sketch();
    }
}
