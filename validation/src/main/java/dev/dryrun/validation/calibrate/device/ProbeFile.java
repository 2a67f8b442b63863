// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.validation.train.Circumstance;
import dev.dryrun.validation.train.ExchangeTime;
import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.written.CatalogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Probes that were measured, as `dryrun/device/1`: a calibration that was stopped goes on from there.
///
/// @param facts of the machine and versions
/// @param exchanges timed by themselves
record ProbeFile(String device, Map<String, String> facts, List<ExchangeTime> exchanges, List<Probe> probes) {
    private static final String SCHEMA = "dryrun/device/1";

    ProbeFile {
        facts = new java.util.TreeMap<>(facts);
        exchanges = List.copyOf(exchanges);
        probes = List.copyOf(probes);
    }

    static ProbeFile empty(String device) {
        return new ProbeFile(device, Map.of(), List.of(), List.of());
    }

    /// The file, or none measured where there is no such file.
    ///
    /// @throws dev.dryrun.hardware.catalog.InvalidInputException where it is not one of these, or of another device
    static ProbeFile read(Path file, String device) {
        if (!Files.exists(file)) {
            return empty(device);
        }
        var problems = new Problems();
        Entry root = Document.read(file, problems).root();
        problems.throwIfAny();
        if (!root.text("schema").equals(SCHEMA) || !root.text("device").equals(device)) {
            root.problem("device", root.shown("device"), "must be a measurement of " + device, "another --measured");
        }
        Map<String, String> facts = new java.util.TreeMap<>();
        List<ExchangeTime> exchanges = ExchangeRows.read(root);
        Entry machine = root.child("machine");
        machine.keys().forEach(key -> facts.put(key, machine.text(key)));
        List<Probe> probes = new ArrayList<>();
        for (Entry probe : root.children("probes")) {
            String name = probe.text("job");
            SmallJob job = ProbePlan.ALL.stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElse(null);
            List<Probe.Timed> kernels = new ArrayList<>();
            for (Entry kernel : probe.children("kernels")) {
                kernels.add(new Probe.Timed(
                        (int) kernel.integer("rank", 0, 1 << 20),
                        kernel.text("name"),
                        kernel.text("shape", ""),
                        kernel.text("pass"),
                        kernel.number("calls", 0, 1e12),
                        kernel.number("time_s", 0, 1e12)));
            }
            if (job != null) {
                probes.add(new Probe(
                        job,
                        probe.number("step_time_s", 0, 1e12),
                        probe.integer("peak_bytes", 0, Long.MAX_VALUE),
                        kernels));
            }
        }
        problems.throwIfAny();
        return new ProbeFile(device, facts, exchanges, probes);
    }

    ProbeFile with(Probe probe, Map<String, String> machine) {
        List<Probe> more = new ArrayList<>(probes);
        more.add(probe);
        return new ProbeFile(device, machine, exchanges, more);
    }

    ProbeFile with(List<ExchangeTime> timed) {
        return new ProbeFile(device, facts, timed, probes);
    }

    boolean has(SmallJob job) {
        return probes.stream().anyMatch(probe -> probe.job().equals(job));
    }

    List<Probe> of(Circumstance circumstance) {
        return probes.stream()
                .filter(probe -> Circumstance.of(probe.job()) == circumstance)
                .toList();
    }

    void write(Path file) {
        var json = new JsonText().beginObject();
        json.field("schema", SCHEMA).field("device", device).field("machine", facts);
        ExchangeRows.write(json, exchanges);
        json.key("probes").beginArray();
        for (Probe probe : probes) {
            json.beginObject()
                    .field("job", probe.job().name())
                    .field("step_time_s", probe.stepSeconds())
                    .field("peak_bytes", probe.peakBytes());
            json.key("kernels").beginArray();
            for (Probe.Timed kernel : probe.kernels()) {
                json.beginObject().field("rank", kernel.rank()).field("name", kernel.name());
                if (!kernel.shape().isEmpty()) {
                    json.field("shape", kernel.shape());
                }
                json.field("pass", kernel.pass())
                        .field("calls", kernel.calls())
                        .field("time_s", kernel.seconds())
                        .endObject();
            }
            json.endArray().endObject();
        }
        json.endArray();
        new CatalogFile(file, json.endObject().toString()).write(true);
    }
}
