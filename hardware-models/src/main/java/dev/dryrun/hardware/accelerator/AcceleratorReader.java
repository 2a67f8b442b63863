// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Figure;
import dev.dryrun.hardware.catalog.Unit;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/// Reads one accelerator of the catalog, and keeps the provenance of every figure it meets.
///
/// Matrix rates that a file does not give follow from the 16-bit one by the ratio of the peaks.
final class AcceleratorReader {
    private final Map<String, Figure> figures = new LinkedHashMap<>();

    Accelerator read(Entry entry) {
        int computeUnits = (int) number(entry, "compute_units", 1, 1_000_000);
        Entry memory = entry.child("memory");
        long capacity = (long) quantity(memory, "capacity", Unit.BYTES);
        long usable = (long) quantity(memory, "usable", Unit.BYTES);
        double bandwidth = quantity(memory, "bandwidth", Unit.BYTES_PER_SECOND);
        memory.rejectUnknownKeys();
        if (usable > capacity || usable < 1) {
            memory.problem("usable", memory.shown("usable"), "must be between 1 B and the capacity", "");
            usable = Math.max(1, capacity);
        }
        Map<Precision, Double> peaks = rates(entry.child("peak"));
        if (!peaks.containsKey(Precision.FP16)) {
            entry.child("peak").problem("fp16", "missing", "the dense 16-bit peak is needed", "");
            peaks.put(Precision.FP16, 1.0);
        }
        Entry kernels = entry.child("kernels");
        double stream = number(kernels, "stream_efficiency", 0.01, 1);
        GemmCalibration gemm = gemm(kernels, entry.child("alignment"), peaks);
        AttentionCurve attention = attention(entry.child("attention"), kernels);
        Calibration calibration = calibration(kernels.child("calibration"));
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
                number(entry, "speed_spread", 0, 0.099),
                calibration,
                figures);
        entry.allow("note");
        entry.rejectUnknownKeys();
        return accelerator;
    }

    private GemmCalibration gemm(Entry kernels, Entry alignment, Map<Precision, Double> peaks) {
        Map<Precision, Double> rates = rates(kernels.child("rate"));
        double share = rates.getOrDefault(Precision.FP16, 1.0) / peaks.getOrDefault(Precision.FP16, 1.0);
        peaks.forEach((precision, peak) -> rates.putIfAbsent(precision, share * peak));
        var gemm = new GemmCalibration(
                rates,
                number(kernels, "sustained_clock", 0.01, 1),
                quantity(kernels, "store_bandwidth", Unit.BYTES_PER_SECOND),
                quantity(kernels, "accumulate_bandwidth", Unit.BYTES_PER_SECOND),
                number(kernels, "last_wave_cost", 0, 1),
                number(kernels, "square_tile_rate", 0.01, 1),
                number(kernels, "narrow_tile_rate", 0.01, 1),
                quantity(kernels, "gap", Unit.SECONDS),
                number(alignment, "odd_rate", 0.01, 1),
                number(alignment, "even_rate", 0.01, 1),
                quantity(alignment, "batched_rate", Unit.FLOPS_PER_SECOND));
        alignment.rejectUnknownKeys();
        return gemm;
    }

    private AttentionCurve attention(Entry attention, Entry kernels) {
        double halfLength = number(attention, "half_length", 0, 1e6);
        attention.rejectUnknownKeys();
        double forward = kernels.has("half_blocks_forward") ? number(kernels, "half_blocks_forward", 0, 1e6) : 0;
        double backward = kernels.has("half_blocks_backward") ? number(kernels, "half_blocks_backward", 0, 1e6) : 0;
        return new AttentionCurve(halfLength, forward, backward);
    }

    private static Calibration calibration(Entry entry) {
        Calibration calibration = entry.has("inherits_from")
                ? new Calibration.Inherited(entry.text("inherits_from"), entry.text("inherits"))
                : new Calibration.Fitted(
                        entry.text("fitted_on"), entry.text("held_out"), entry.number("held_out_error", 0, 1));
        entry.rejectUnknownKeys();
        return calibration;
    }

    private Map<Precision, Double> rates(Entry entry) {
        var rates = new EnumMap<Precision, Double>(Precision.class);
        for (Precision precision : Precision.values()) {
            String key = Entry.kebab(precision);
            if (entry.has(key)) {
                rates.put(precision, quantity(entry, key, Unit.FLOPS_PER_SECOND));
            }
        }
        entry.rejectUnknownKeys();
        return rates;
    }

    private double quantity(Entry entry, String key, Unit unit) {
        return kept(entry, key, entry.figure(key, unit));
    }

    private double number(Entry entry, String key, double min, double max) {
        return kept(entry, key, entry.figure(key, min, max));
    }

    /// A figure without a source of its own has that of its block.
    private double kept(Entry entry, String key, Figure figure) {
        String source = figure.source().isEmpty() ? entry.text("source", "") : figure.source();
        String date = figure.date().isEmpty() ? entry.text("date", "") : figure.date();
        String pointer = (entry.pointer() + "/" + key).substring(1);
        figures.put(pointer, new Figure(figure.value(), source, date, figure.status()));
        return figure.value();
    }
}
