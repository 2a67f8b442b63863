// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import com.sun.management.OperatingSystemMXBean;
import dev.dryrun.validation.train.Circumstance;
import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.Trainer;
import dev.dryrun.validation.train.TrainingFailure;
import dev.dryrun.validation.written.CatalogFile;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Fits what was measured, prints it and writes it.
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
            file = new ProbeMeasurement(trainer, err, quiet).run(request);
        } catch (TrainingFailure failure) {
            err.println("A probe stopped: " + failure.getMessage());
            return FAILED;
        }
        fit(request, file);
        out.flush();
        return 0;
    }

    private void fit(Request request, ProbeFile file) {
        ExchangeFit exchange = ExchangeFit.of(file.exchanges());
        out.print(ExchangeTable.write(exchange));
        for (Circumstance circumstance : Circumstance.values()) {
            List<Probe> probes = file.of(circumstance, request.plan());
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
        String facts = file.on().facts().toString().replace('{', '(').replace('}', ')');
        var entries = new DeviceEntries(
                name,
                "dryrun calibrate device on " + facts + ", seed 1, " + probes.size() + " probes",
                LocalDate.now(ZoneOffset.UTC).toString(),
                probes.getFirst().job().bf16(),
                Runtime.getRuntime().availableProcessors(),
                memoryBytes(),
                fit,
                exchange,
                Meeting.seconds(probes, exchange),
                0);
        double beside = MemoryBeside.bytes(entries, folder, probes);
        entries.withContext(beside).in(folder).forEach(entry -> entry.write(true));
        if (entries.meetingSeconds() > 0) {
            out.printf(Locale.ROOT, "  ranks meet in %.0f us%n", entries.meetingSeconds() * 1e6);
        }
        out.printf(Locale.ROOT, "  memory beside what is counted: %.1f MB; written to %s%n", beside * 1e-6, folder);
    }
}
