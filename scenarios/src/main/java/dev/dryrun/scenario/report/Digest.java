// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The figures by which people know an entry of the catalog.
///
/// @param text in one line, for people
/// @param figures SI units in the names
public record Digest(String text, Map<String, Object> figures) {
    public Digest {
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    }

    /// The digest of an entry; empty for kinds that are no more than their title.
    public static Digest of(String kind, String name, Entry entry) {
        return switch (kind) {
            case "accelerators" -> accelerator(Accelerator.read(entry));
            case "nodes" -> node(NodeType.read(name, entry));
            case "fabrics" -> fabric(entry.text("kind"), Fabric.read(name, entry));
            case "models" -> model(ModelArchitecture.read(entry));
            default -> new Digest("", Map.of());
        };
    }

    private static Digest accelerator(Accelerator accelerator) {
        double peak = accelerator.peak16BitFlopsPerSecond();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("peak_16_bit_flops_per_s", peak);
        figures.put("memory_bytes", accelerator.memoryBytes());
        figures.put("memory_bytes_per_s", accelerator.memoryBytesPerSecond());
        figures.put("calibrated", accelerator.calibrated());
        figures.put("evidence", Entry.kebab(accelerator.calibration().evidence()));
        String text =
                Amount.digits(peak / 1e12) + " TFLOP/s 16-bit, " + Amount.gibibytes((double) accelerator.memoryBytes())
                        + " at " + Amount.digits(accelerator.memoryBytesPerSecond() / 1e12) + " TB/s, "
                        + (accelerator.calibrated() ? "calibrated" : "not calibrated");
        return new Digest(text, figures);
    }

    private static Digest node(NodeType node) {
        double nics = node.nics() * node.nicBytesPerSecond();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("accelerator", node.accelerator());
        figures.put("gpus", node.gpus());
        figures.put("wiring", Entry.kebab(node.wiring()));
        figures.put("gpu_bytes_per_s", node.gpuBytesPerSecond());
        figures.put("network_bytes_per_s", nics);
        List<String> parts = new ArrayList<>();
        parts.add(node.gpus() + " x " + node.accelerator());
        parts.add(Entry.kebab(node.wiring()) + " " + Amount.digits(node.gpuBytesPerSecond() / 1e9) + " GB/s a GPU");
        parts.add(
                node.nics() == 0
                        ? "no network"
                        : node.nics() + " x " + Amount.digits(node.nicBytesPerSecond() * 8e-9) + " Gb/s");
        return new Digest(String.join(", ", parts), figures);
    }

    private static Digest fabric(String kind, Fabric fabric) {
        return new Digest(kind + ", network " + fabric.network().name(), Map.of("topology", kind));
    }

    private static Digest model(ModelArchitecture model) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("parameters", model.parameters());
        figures.put("active_parameters", model.activeParameters());
        String obstacle = model.obstacle();
        figures.put("simulated", obstacle == null);
        if (obstacle != null) {
            figures.put("obstacle", obstacle);
        }
        String active = model.activeParameters() == model.parameters()
                ? ""
                : ", " + Amount.count((double) model.activeParameters()) + " active";
        return new Digest(
                Amount.count((double) model.parameters()) + " parameters" + active
                        + (obstacle == null ? "" : ", not simulated yet"),
                figures);
    }
}
