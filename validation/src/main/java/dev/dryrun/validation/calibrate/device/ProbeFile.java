// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.validation.train.Circumstance;
import dev.dryrun.validation.train.ExchangeTime;
import dev.dryrun.validation.train.MeasuredOn;
import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.written.CatalogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Probes that were measured, as `dryrun/device/1`: a calibration that was stopped goes on from there.
///
/// @param on which device and machine, with which versions
/// @param exchanges timed by themselves
record ProbeFile(MeasuredOn on, List<ExchangeTime> exchanges, List<Probe> probes) {
    static final String SCHEMA = "dryrun/device/2";

    private static final double LEAST_SECONDS = 1e-12;
    private static final double MOST = 1e12;
    private static final int MOST_RANKS = 1 << 20;

    ProbeFile {
        exchanges = List.copyOf(exchanges);
        probes = List.copyOf(probes);
    }

    /// The file, or none measured where there is no such file.
    ///
    /// @throws dev.dryrun.hardware.catalog.InvalidInputException where it is not one of these, or of another machine
    static ProbeFile read(Path file, MeasuredOn on) {
        if (!Files.exists(file)) {
            return new ProbeFile(on, List.of(), List.of());
        }
        var problems = new Problems();
        Entry root = Document.read(file, problems).root();
        problems.throwIfAny();
        on.require(root);
        problems.throwIfAny();
        List<ExchangeTime> exchanges = ExchangeRows.read(root);
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
                        (int) kernel.integer("rank", 0, MOST_RANKS),
                        kernel.text("name"),
                        kernel.text("shape", ""),
                        kernel.text("pass"),
                        kernel.number("calls", 0, MOST),
                        kernel.number("time_s", LEAST_SECONDS, MOST)));
            }
            if (job != null) {
                probes.add(new Probe(
                        job,
                        probe.number("step_time_s", LEAST_SECONDS, MOST),
                        probe.integer("peak_bytes", 0, Long.MAX_VALUE),
                        kernels));
            }
        }
        problems.throwIfAny();
        return new ProbeFile(on, exchanges, probes);
    }

    ProbeFile with(Probe probe) {
        List<Probe> more = new ArrayList<>(probes);
        more.add(probe);
        return new ProbeFile(on, exchanges, more);
    }

    ProbeFile with(List<ExchangeTime> timed) {
        return new ProbeFile(on, timed, probes);
    }

    boolean has(SmallJob job) {
        return probes.stream().anyMatch(probe -> probe.job().equals(job));
    }

    /// Probes of a plan that were measured under a circumstance.
    List<Probe> of(Circumstance circumstance, List<SmallJob> plan) {
        return probes.stream()
                .filter(probe -> Circumstance.of(probe.job()) == circumstance && plan.contains(probe.job()))
                .toList();
    }

    void write(Path file) {
        JsonText json = on.begin();
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
