// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/// Reads one accelerator of the catalog, and keeps the provenance of every figure it meets.
///
/// Matrix rates that a file does not give follow from the 16-bit one by the ratio of the peaks.
final class AcceleratorReader {
    private final KeptFigures figures = new KeptFigures();

    Accelerator read(Entry entry) {
        int computeUnits = (int) figures.number(entry, "compute_units", 1, 1_000_000);
        Entry memory = entry.child("memory");
        long capacity = (long) figures.quantity(memory, "capacity", Unit.BYTES);
        long usable = (long) figures.quantity(memory, "usable", Unit.BYTES);
        double bandwidth = figures.quantity(memory, "bandwidth", Unit.BYTES_PER_SECOND);
        memory.allow("type");
        memory.rejectUnknownKeys();
        if (usable > capacity || usable < 1) {
            memory.problem("usable", memory.shown("usable"), "must be between 1 B and the capacity", "");
            usable = Math.max(1, capacity);
        }
        Entry peak = entry.child("peak");
        DataSheet.readOtherPeaks(peak, figures);
        Map<Precision, Double> peaks = rates(peak);
        if (!peaks.containsKey(Precision.FP16) && !peaks.containsKey(Precision.BF16)) {
            peak.problem("fp16", "missing", "the dense 16-bit peak is needed, of fp16 or bf16", "");
            peaks.put(Precision.FP16, 1.0);
        }
        DataSheet.read(entry, figures);
        Entry kernels = entry.child("kernels");
        double stream = figures.number(kernels, "stream_efficiency", 0.01, 1);
        GemmCalibration gemm = gemm(entry, kernels, peaks);
        AttentionCurve attention = attention(entry.child("attention"), kernels);
        Calibration calibration = calibration(kernels.child("calibration"));
        String relative = entry.optionalText("extends");
        if (relative != null) {
            calibration = new Calibration.Inherited(relative, "all that its file does not say");
        }
        kernels.rejectUnknownKeys();
        var accelerator = new Accelerator(
                entry.text("name"),
                entry.text("title"),
                entry.text("vendor"),
                computeUnits,
                Math.max(1, capacity),
                usable,
                bandwidth,
                stream,
                peaks,
                gemm,
                attention,
                figures.number(entry, "speed_spread", 0, 0.099),
                calibration,
                figures.all());
        entry.allow("note", "extends");
        entry.rejectUnknownKeys();
        return accelerator;
    }

    private GemmCalibration gemm(Entry entry, Entry kernels, Map<Precision, Double> peaks) {
        Entry alignment = entry.child("alignment");
        Map<Precision, Double> rates = rates(kernels.child("rate"));
        double share = sixteenBit(rates) / sixteenBit(peaks);
        peaks.forEach((precision, peak) -> rates.putIfAbsent(precision, share * peak));
        double clock = figures.number(kernels, "sustained_clock", 0.01, 1);
        OptionalDouble eightBitClock = entry.has("eight_bit_clock")
                ? OptionalDouble.of(figures.number(entry, "eight_bit_clock", 0.01, 1))
                : OptionalDouble.empty();
        var gemm = new GemmCalibration(
                rates,
                clock,
                eightBitClock,
                figures.quantity(kernels, "store_bandwidth", Unit.BYTES_PER_SECOND),
                figures.quantity(kernels, "accumulate_bandwidth", Unit.BYTES_PER_SECOND),
                figures.number(kernels, "last_wave_cost", 0, 1),
                figures.number(kernels, "square_tile_rate", 0.01, 1),
                figures.number(kernels, "narrow_tile_rate", 0.01, 1),
                figures.quantity(kernels, "gap", Unit.SECONDS),
                figures.number(alignment, "odd_rate", 0.01, 1),
                figures.number(alignment, "even_rate", 0.01, 1),
                figures.quantity(alignment, "batched_rate", Unit.FLOPS_PER_SECOND));
        alignment.rejectUnknownKeys();
        return gemm;
    }

    private static double sixteenBit(Map<Precision, Double> rates) {
        return rates.getOrDefault(Precision.FP16, rates.getOrDefault(Precision.BF16, 1.0));
    }

    private AttentionCurve attention(Entry attention, Entry kernels) {
        double halfLength = figures.number(attention, "half_length", 0, 1e6);
        attention.rejectUnknownKeys();
        double forward =
                kernels.has("half_blocks_forward") ? figures.number(kernels, "half_blocks_forward", 0, 1e6) : 0;
        double backward =
                kernels.has("half_blocks_backward") ? figures.number(kernels, "half_blocks_backward", 0, 1e6) : 0;
        return new AttentionCurve(halfLength, forward, backward);
    }

    private static Calibration calibration(Entry entry) {
        Calibration calibration = fittedOrTakenOver(entry);
        entry.rejectUnknownKeys();
        return calibration;
    }

    private static Calibration fittedOrTakenOver(Entry entry) {
        if (entry.has("sheet_with")) {
            return new Calibration.Sheet(entry.text("sheet_with"), entry.text("inherits"));
        }
        if (entry.has("inherits_from")) {
            return new Calibration.Inherited(entry.text("inherits_from"), entry.text("inherits"));
        }
        return new Calibration.Fitted(
                entry.text("fitted_on"), entry.text("held_out"), entry.number("held_out_error", 0, 1));
    }

    private Map<Precision, Double> rates(Entry entry) {
        var rates = new EnumMap<Precision, Double>(Precision.class);
        for (Precision precision : Precision.values()) {
            String key = Entry.kebab(precision);
            if (entry.has(key)) {
                rates.put(precision, figures.quantity(entry, key, Unit.FLOPS_PER_SECOND));
            }
        }
        entry.rejectUnknownKeys();
        return rates;
    }
}
