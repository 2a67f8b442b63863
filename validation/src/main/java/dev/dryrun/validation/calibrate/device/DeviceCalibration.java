// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import com.sun.management.OperatingSystemMXBean;
import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.scenario.simulate.StepSimulation;
import dev.dryrun.scenario.spec.Scenario;
import dev.dryrun.scenario.spec.ScenarioReader;
import dev.dryrun.strategy.compile.Detail;
import dev.dryrun.validation.train.Circumstance;
import dev.dryrun.validation.train.ExchangeOrder;
import dev.dryrun.validation.train.JobFile;
import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.SmallRuns;
import dev.dryrun.validation.train.Trainer;
import dev.dryrun.validation.train.TrainingFailure;
import dev.dryrun.validation.train.TrainingReport;
import dev.dryrun.validation.written.CatalogFile;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Measures as many probes as there is time for, fits, and writes what was fitted.
final class DeviceCalibration {
    private static final int FAILED = 3;
    private static final int FEWEST = 2;

    private final Trainer trainer;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean quiet;

    /// @param seconds after which no probe is begun
    /// @param probes how many there are at most
    /// @param write folder of the catalog that entries go to
    /// @param measured file of what was measured
    record Request(
            String device,
            double seconds,
            int probes,
            String name,
            Optional<Path> write,
            Path measured,
            boolean overwrite) {
        List<SmallJob> plan() {
            return ProbePlan.ALL.subList(0, probes);
        }
    }

    DeviceCalibration(Trainer trainer, PrintStream out, PrintStream err, boolean quiet) {
        this.trainer = trainer;
        this.out = out;
        this.err = err;
        this.quiet = quiet;
    }

    int run(Request request) {
        request.write()
                .ifPresent(folder -> CatalogFile.refuseExisting(
                        folder.resolve("accelerators/" + request.name() + ".yaml"), request.overwrite()));
        ProbeFile file;
        try {
            file = measure(request);
        } catch (TrainingFailure failure) {
            err.println("A probe stopped: " + failure.getMessage());
            return FAILED;
        }
        fit(request, file);
        out.flush();
        return 0;
    }

    private ProbeFile measure(Request request) {
        long begin = System.nanoTime();
        ProbeFile file = ProbeFile.read(request.measured(), request.device());
        var runs = new SmallRuns(trainer, request.device());
        int done = 1;
        if (file.exchanges().isEmpty()) {
            tell(request, done, 0, "exchanges");
            file = file.with(trainer.exchanges(ExchangeOrder.usual(request.device())));
            file.write(request.measured());
        }
        for (SmallJob job : request.plan()) {
            done++;
            double spent = (System.nanoTime() - begin) * 1e-9;
            if (file.has(job) || spent > request.seconds()) {
                continue;
            }
            tell(request, done, spent, job.name());
            TrainingReport report = runs.train(job);
            Map<String, String> facts = new TreeMap<>(report.machine());
            facts.putAll(report.versions());
            file = file.with(Probe.of(job, report), facts);
            file.write(request.measured());
        }
        return file;
    }

    /// A line of progress: exchanges are the first step, then comes a step for each probe.
    private void tell(Request request, int done, double spent, String what) {
        int steps = 1 + request.plan().size();
        if (!quiet) {
            err.printf(
                    Locale.ROOT,
                    "[%s%s] %d of %d, %.0f of %.0f s: %s%n",
                    "#".repeat(done),
                    ".".repeat(steps - done),
                    done,
                    steps,
                    spent,
                    request.seconds(),
                    what);
        }
    }

    private void fit(Request request, ProbeFile file) {
        ExchangeFit exchange = ExchangeFit.of(file.exchanges());
        out.print(ExchangeTable.write(exchange));
        for (Circumstance circumstance : Circumstance.values()) {
            List<Probe> probes = file.of(circumstance);
            String name = circumstance.entry(request.name());
            if (probes.size() < FEWEST) {
                out.println(name + ": not measured, no entry");
                continue;
            }
            boolean bf16 = circumstance == Circumstance.BF16;
            DeviceFit fit = DeviceFit.of(probes, bf16);
            print(name, probes.size(), fit);
            if (request.write().isPresent()) {
                write(request, file, name, fit, exchange, probes);
            }
        }
    }

    private void print(String name, int probes, DeviceFit fit) {
        out.printf(
                Locale.ROOT,
                "%s, %d kernels of %d probes: products %.1f GFLOP/s, streams %.1f GB/s, a call %.1f us and %.1f"
                        + " between, a step %.0f us beside%n",
                name,
                fit.kernels(),
                probes,
                fit.value(DeviceConstant.RATE) * 1e-9,
                fit.value(DeviceConstant.STREAM) * 1e-9,
                fit.value(DeviceConstant.GAP) * 1e6,
                fit.betweenSeconds() * 1e6,
                fit.aroundSeconds() * 1e6);
        fit.errors().forEach((kind, error) -> out.printf(Locale.ROOT, "  %-12s %5.1f %%%n", kind, error));
    }

    /// Of the machine, as its Java sees it: a container has what it was given.
    private static long memoryBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    private void write(
            Request request, ProbeFile file, String name, DeviceFit fit, ExchangeFit exchange, List<Probe> probes) {
        Path folder = request.write().orElseThrow();
        String provenance = "dryrun calibrate device on " + file.facts() + ", seed 1, " + probes.size() + " probes";
        boolean bf16 = probes.getFirst().job().bf16();
        long memoryBytes = memoryBytes();
        var entries = new DeviceEntries(
                name,
                provenance.replace('{', '(').replace('}', ')'),
                LocalDate.now(java.time.ZoneOffset.UTC).toString(),
                bf16,
                Runtime.getRuntime().availableProcessors(),
                memoryBytes,
                fit,
                exchange,
                Meeting.seconds(probes, exchange),
                0);
        entries.in(folder).forEach(entry -> entry.write(true));
        double beside = memoryBeside(name, folder, probes);
        new DeviceEntries(
                        name,
                        entries.provenance(),
                        entries.date(),
                        bf16,
                        entries.cores(),
                        memoryBytes,
                        fit,
                        exchange,
                        entries.meetingSeconds(),
                        beside)
                .in(folder)
                .forEach(entry -> entry.write(true));
        if (entries.meetingSeconds() > 0) {
            out.printf(Locale.ROOT, "  ranks meet in %.0f us%n", entries.meetingSeconds() * 1e6);
        }
        out.printf(Locale.ROOT, "  memory beside what is counted: %.1f MB; written to %s%n", beside * 1e-6, folder);
    }

    /// Median over probes of what they took beyond what the model of memory counts.
    private static double memoryBeside(String name, Path folder, List<Probe> probes) {
        List<Double> beyond = new ArrayList<>();
        for (Probe probe : probes) {
            beyond.add(probe.peakBytes() - predictedBytes(probe.job(), name, folder));
        }
        beyond.sort(null);
        return Math.max(0, beyond.get(beyond.size() / 2));
    }

    private static double predictedBytes(SmallJob job, String name, Path folder) {
        Scenario scenario = JobFile.with(job, name, new ScenarioReader(new Catalog(List.of(folder)))::read);
        return new StepSimulation(scenario, new StepSimulation.Options(Detail.CHUNK, Fidelity.FOLDED, 1, "calibration"))
                .run()
                .memory()
                .orElseThrow()
                .fullest()
                .deviceBytes();
    }
}
