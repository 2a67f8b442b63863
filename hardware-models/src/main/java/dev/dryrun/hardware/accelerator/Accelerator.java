// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Figure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// One accelerator: its data sheet, and what kernels measured on it, or on its nearest relative, say.
///
/// @param name catalog name
/// @param title name for people
/// @param computeUnits streaming multiprocessors or compute units
/// @param memoryBytes memory as sold
/// @param usableMemoryBytes memory that a process can have, what the driver keeps taken off
/// @param memoryBytesPerSecond memory bandwidth of the data sheet
/// @param streamEfficiency share of that bandwidth which streaming kernels reach
/// @param peakFlopsPerSecond dense peak of the data sheet, by precision
/// @param speedSpread relative standard deviation of the speed of equal parts; 0 where unknown
/// @param figures every figure of its file with source, date and status, by key, in the order in which they are read
public record Accelerator(
        String name,
        String title,
        String vendor,
        int computeUnits,
        long memoryBytes,
        long usableMemoryBytes,
        double memoryBytesPerSecond,
        double streamEfficiency,
        Map<Precision, Double> peakFlopsPerSecond,
        GemmCalibration gemm,
        AttentionCurve attention,
        double speedSpread,
        Calibration calibration,
        Map<String, Figure> figures) {
    public Accelerator {
        peakFlopsPerSecond = Map.copyOf(peakFlopsPerSecond);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        if (computeUnits < 1 || memoryBytes < 1 || !(memoryBytesPerSecond > 0)) {
            throw new IllegalArgumentException("%s needs compute units, memory and bandwidth, not %d, %d B, %s B/s"
                    .formatted(name, computeUnits, memoryBytes, memoryBytesPerSecond));
        }
        if (usableMemoryBytes < 1 || usableMemoryBytes > memoryBytes) {
            throw new IllegalArgumentException(
                    "%s can use between 1 and %d B of memory, not %d".formatted(name, memoryBytes, usableMemoryBytes));
        }
        if (!(streamEfficiency > 0 && streamEfficiency <= 1) || !(speedSpread >= 0 && speedSpread < 0.1)) {
            throw new IllegalArgumentException(
                    "%s: stream efficiency %s is not in (0, 1] or speed spread %s not in [0, 0.1)"
                            .formatted(name, streamEfficiency, speedSpread));
        }
    }

    /// Reads an entry of the catalog; problems are reported there.
    public static Accelerator read(Entry entry) {
        return new AcceleratorReader().read(entry);
    }

    /// Dense peak of the data sheet.
    public double peakFlopsPerSecond(Precision precision) {
        Double peak = peakFlopsPerSecond.get(precision);
        if (peak == null) {
            throw new IllegalArgumentException("%s has no %s matrix products".formatted(name, precision));
        }
        return peak;
    }

    /// Dense peak of the data sheet of a 16-bit format: fp16, or bf16 where that is the only one.
    public double peak16BitFlopsPerSecond() {
        return peakFlopsPerSecond(supports(Precision.FP16) ? Precision.FP16 : Precision.BF16);
    }

    /// Whether the accelerator multiplies matrices of this format.
    public boolean supports(Precision precision) {
        return peakFlopsPerSecond.containsKey(precision);
    }

    /// Bandwidth that streaming kernels reach.
    public double streamBytesPerSecond() {
        return streamEfficiency * memoryBytesPerSecond;
    }

    /// The same part with another calibration of its matrix products.
    public Accelerator withGemm(GemmCalibration other) {
        return new Accelerator(
                name,
                title,
                vendor,
                computeUnits,
                memoryBytes,
                usableMemoryBytes,
                memoryBytesPerSecond,
                streamEfficiency,
                peakFlopsPerSecond,
                other,
                attention,
                speedSpread,
                calibration,
                figures);
    }

    /// The same part with another share of the memory bandwidth reached by streaming kernels.
    public Accelerator withStreamEfficiency(double share) {
        return new Accelerator(
                name,
                title,
                vendor,
                computeUnits,
                memoryBytes,
                usableMemoryBytes,
                memoryBytesPerSecond,
                share,
                peakFlopsPerSecond,
                gemm,
                attention,
                speedSpread,
                calibration,
                figures);
    }

    /// The same part with another memory bandwidth on its data sheet.
    public Accelerator withMemoryBandwidth(double bytesPerSecond) {
        return new Accelerator(
                name,
                title,
                vendor,
                computeUnits,
                memoryBytes,
                usableMemoryBytes,
                bytesPerSecond,
                streamEfficiency,
                peakFlopsPerSecond,
                gemm,
                attention,
                speedSpread,
                calibration,
                figures);
    }

    /// The same part with another account of where its kernel numbers come from.
    public Accelerator calibrated(Calibration by, AttentionCurve curve) {
        return new Accelerator(
                name,
                title,
                vendor,
                computeUnits,
                memoryBytes,
                usableMemoryBytes,
                memoryBytesPerSecond,
                streamEfficiency,
                peakFlopsPerSecond,
                gemm,
                curve,
                speedSpread,
                by,
                figures);
    }

    /// The same part where no two differ in speed.
    public Accelerator withoutSpread() {
        return new Accelerator(
                name,
                title,
                vendor,
                computeUnits,
                memoryBytes,
                usableMemoryBytes,
                memoryBytesPerSecond,
                streamEfficiency,
                peakFlopsPerSecond,
                gemm,
                attention,
                0,
                calibration,
                figures);
    }

    /// Whether the kernel numbers were fitted to this accelerator's own kernels.
    public boolean calibrated() {
        return calibration instanceof Calibration.Fitted;
    }
}
