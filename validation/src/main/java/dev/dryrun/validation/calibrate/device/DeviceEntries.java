// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import static dev.dryrun.validation.calibrate.device.DeviceConstant.*;
import static dev.dryrun.validation.written.CatalogFile.digits;

import dev.dryrun.validation.written.CatalogFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// The entries of a device under one circumstance: accelerator, node, library and stacks.
///
/// @param name of all of them
/// @param provenance machine, versions, date, seed
/// @param meetingSeconds that two ranks take to come together for an exchange
/// @param contextBytes that processes have beside what the memory model counts
record DeviceEntries(
        String name,
        String provenance,
        String date,
        boolean bf16,
        int cores,
        long memoryBytes,
        DeviceFit fit,
        ExchangeFit exchange,
        double meetingSeconds,
        double contextBytes) {
    DeviceEntries withContext(double bytes) {
        return new DeviceEntries(
                name, provenance, date, bf16, cores, memoryBytes, fit, exchange, meetingSeconds, bytes);
    }

    List<CatalogFile> in(Path catalog) {
        return List.of(
                new CatalogFile(catalog.resolve("accelerators/" + name + ".yaml"), accelerator()),
                new CatalogFile(catalog.resolve("nodes/" + name + ".yaml"), node()),
                new CatalogFile(catalog.resolve("libraries/" + name + ".yaml"), library()),
                new CatalogFile(catalog.resolve("stacks/" + name + ".yaml"), fused()),
                new CatalogFile(catalog.resolve("stacks/" + name + "-materialised.yaml"), stack()));
    }

    private String said() {
        return "source: " + CatalogFile.quoted(provenance) + ", date: " + date;
    }

    private String head(String title) {
        return "# Written by dryrun calibrate device.\n# Mean errors of the kernels it was fitted to, in percent: "
                + errors() + "\nname: " + name + "\ntitle: " + CatalogFile.quoted(title) + "\n";
    }

    private String errors() {
        var text = new StringBuilder();
        fit.errors()
                .forEach((kind, error) -> text.append(text.isEmpty() ? "" : ", ")
                        .append(String.format(Locale.ROOT, "%s %.1f", kind, error)));
        return text.toString();
    }

    private double rate() {
        return fit.value(RATE);
    }

    private double bandwidth() {
        return Math.max(fit.value(STREAM), fit.value(OPERANDS));
    }

    private double peak16() {
        return Math.max(rate(), 1.01 * Math.max(fit.value(FLASH_FORWARD), fit.value(FLASH_BACKWARD)));
    }

    private double meanError() {
        return fit.errors().getOrDefault("products", 0.0) / 100;
    }

    private String accelerator() {
        return head("A core of this machine, " + name)
                + """
                vendor: this machine
                compute_units: {value: 1, %1$s, status: measured}
                memory:
                  capacity: {value: %2$s B, %1$s, status: measured}
                  usable: {value: %2$s B, %1$s, status: measured}
                  bandwidth: {value: %3$s GB/s, %1$s, status: fitted}
                peak:
                  fp32: {value: %4$s GFLOP/s, %1$s, status: fitted}
                  bf16: {value: %5$s GFLOP/s, %1$s, status: fitted}
                alignment:
                  odd_rate: {value: 1, %1$s, status: prior}
                  even_rate: {value: 1, %1$s, status: prior}
                  batched_rate: {value: %4$s GFLOP/s, %1$s, status: fitted}
                attention:
                  half_length: {value: %6$s, %1$s, status: fitted}
                speed_spread: {value: 0, source: one machine, date: %7$s, status: prior}
                kernels:
                  calibration: {fitted_on: %8$s, held_out: "none; dryrun validate --live has unseen ones", held_out_error: %9$s}
                  stream_efficiency: {value: %10$s, %1$s, status: fitted}
                  rate:
                    fp32: {value: %4$s GFLOP/s, %1$s, status: fitted}
                    bf16: {value: %4$s GFLOP/s, %1$s, status: fitted}
                  sustained_clock: {value: 1, %1$s, status: measured}
                  store_bandwidth: {value: %11$s GB/s, %1$s, status: fitted}
                  accumulate_bandwidth: {value: %12$s GB/s, %1$s, status: fitted}
                  operand_efficiency: {value: %13$s, %1$s, status: fitted}
                  last_wave_cost: {value: 0, %1$s, status: prior}
                  square_tile_rate: {value: 1, %1$s, status: prior}
                  narrow_tile_rate: {value: 1, %1$s, status: prior}
                  gap: {value: %14$s us, %1$s, status: fitted}
                """.formatted(
                                said(),
                                memoryBytes,
                                digits(bandwidth() * 1e-9),
                                digits(rate() * 1e-9),
                                digits(peak16() * 1e-9),
                                digits(fit.value(HALF_LENGTH)),
                                date,
                                CatalogFile.quoted(provenance),
                                digits(Math.min(1, meanError())),
                                digits(fit.value(STREAM) / bandwidth()),
                                digits(fit.value(STORE) * 1e-9),
                                digits(fit.value(ACCUMULATE) * 1e-9),
                                digits(fit.value(OPERANDS) / bandwidth()),
                                digits((fit.value(GAP) + fit.betweenSeconds()) * 1e6));
    }

    private String node() {
        return head(cores + " cores of this machine, " + name)
                + """
                accelerator: %1$s
                library: %1$s
                gpus: %2$d
                wiring: switched
                link: loopback
                link_bandwidth: {value: %3$s GB/s, %4$s, status: %7$s}
                nics: 0
                source: %5$s
                date: "%6$s"
                """.formatted(
                                name,
                                cores,
                                digits(exchange.value(ExchangeConstant.RATE) * 1e-9),
                                said(),
                                CatalogFile.quoted(provenance),
                                date,
                                exchange.status());
    }

    private String library() {
        return head("Gloo over loopback, " + name) + new LibraryEntry(provenance, date, exchange).text();
    }

    private String stack() {
        return "schema: dryrun/stack/1\nextends: minitrainer-materialised\n"
                + head("The trainer on this machine, scores in memory, " + name)
                        .replace("name: " + name + "\n", "name: " + name + "-materialised\n")
                + """
                byte_bound_latency: {value: %2$s us, %1$s, status: fitted}
                step_overhead: {value: %3$s us, %1$s, status: fitted}
                collectives:
                  meeting: {value: %14$s us, %1$s, status: fitted}
                traffic:
                  norm: %4$s
                  residual: [10, %5$s]
                  activation: %6$s
                  scores: %7$s
                  cross_entropy: %8$s
                  embedding: %9$s
                  status: fitted
                  source: %10$s
                  date: %11$s
                optimizer_bytes:
                  replicated: {value: %12$s, %1$s, status: fitted}
                  sharded: {value: %12$s, %1$s, status: fitted}
                memory:
                  context: {value: %13$s B, %1$s, status: fitted}
                """.formatted(
                                said(),
                                digits(fit.value(LATENCY) * 1e6),
                                digits(fit.aroundSeconds() * 1e6),
                                pair(NORM_FORWARD, NORM_BACKWARD),
                                digits(fit.value(RESIDUAL_BACKWARD)),
                                pair(ACTIVATION_FORWARD, ACTIVATION_BACKWARD),
                                pair(SCORES_FORWARD, SCORES_BACKWARD),
                                pair(LOSS_FORWARD, LOSS_BACKWARD),
                                pair(EMBEDDING_FORWARD, EMBEDDING_BACKWARD),
                                CatalogFile.quoted(provenance),
                                date,
                                digits(fit.value(OPTIMIZER) + fit.value(GRADIENT_NORM) + fit.value(PUBLISH)),
                                Math.round(contextBytes),
                                digits(meetingSeconds * 1e6));
    }

    private String fused() {
        return """
            # Written by dryrun calibrate device.
            schema: dryrun/stack/1
            extends: %1$s-materialised
            name: %1$s
            title: "The trainer on this machine, %1$s"
            attention: flash
            flash_forward_of_peak: {value: %2$s, %4$s, status: fitted}
            flash_backward_of_peak: {value: %3$s, %4$s, status: fitted}
            """.formatted(
                        name,
                        digits(fit.value(FLASH_FORWARD) / peak16()),
                        digits(fit.value(FLASH_BACKWARD) / peak16()),
                        said());
    }

    private String pair(DeviceConstant forward, DeviceConstant backward) {
        return "[" + digits(Math.min(1000, fit.value(forward))) + ", " + digits(Math.min(1000, fit.value(backward)))
                + "]";
    }
}
