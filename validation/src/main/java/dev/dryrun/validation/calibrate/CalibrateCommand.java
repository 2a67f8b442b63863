// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.validation.calibrate.collective.CalibrateCollectives;
import dev.dryrun.validation.calibrate.device.CalibrateDevice;
import dev.dryrun.validation.calibrate.runs.RunsCalibration;
import dev.dryrun.validation.calibrate.runs.RunsRequest;
import dev.dryrun.validation.calibrate.site.RoomOptions;
import dev.dryrun.validation.calibrate.site.SiteCalibration;
import dev.dryrun.validation.calibrate.trace.TraceCalibration;
import dev.dryrun.validation.calibrate.trace.TraceRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `calibrate`: fits cost models to measurements; each kind of measurement is a command of its own, and that of a
/// machine room an option too.
@Command(
        name = "calibrate",
        description = "Fit cost models to measurements.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = {
            CalibrateKernels.class,
            CalibrateCollectives.class,
            CalibrateNcclTests.class,
            CalibrateRuns.class,
            CalibrateTrace.class,
            CalibrateDevice.class
        })
final class CalibrateCommand implements Callable<Integer> {
    @Option(
            names = "--nccl-tests",
            arity = "1..*",
            paramLabel = "LOG",
            description = "The same as calibrate nccl-tests LOG...; the options below belong to it.")
    private List<Path> logs = List.of();

    @Option(
            names = "--runs",
            arity = "1..*",
            paramLabel = "FILE",
            description = "The same as calibrate runs FILE..., with --write, --name, --force and --catalog as there.")
    private List<Path> runs = List.of();

    @Option(
            names = "--from",
            arity = "1..*",
            paramLabel = "TRACE",
            description = "The same as calibrate trace TRACE..., with --write, --name, --force and --catalog as there.")
    private List<Path> traces = List.of();

    @Option(names = "--gemm-csv", paramLabel = "FILE", description = "With --runs: times of matrix products.")
    private List<Path> gemms = List.of();

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            description = "The same as calibrate device --device DEVICE, with --write, --name and --force as there.")
    private @Nullable String device;

    @Mixin
    private final RoomOptions options = new RoomOptions();

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (!runs.isEmpty()) {
            return new RunsCalibration(System.out, System.err)
                    .run(new RunsRequest(
                            runs, gemms, options.write(), options.name(), options.force(), options.catalog()));
        }
        if (device != null) {
            return CalibrateDevice.run(device, options.write(), options.name(), options.force());
        }
        if (!traces.isEmpty()) {
            return new TraceCalibration(System.out, System.err)
                    .run(new TraceRequest(
                            traces,
                            null,
                            null,
                            null,
                            options.write(),
                            options.name(),
                            options.force(),
                            false,
                            options.catalog()));
        }
        if (spec != null && logs.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Say what to calibrate: kernels, collectives, nccl-tests, runs, trace or device");
        }
        return new SiteCalibration(System.out, System.err).run(logs, options);
    }
}
