// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.validation.train.Trainer;
import dev.dryrun.validation.train.TrainingDevice;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `calibrate device`: measures kernels and exchanges of the machine at hand and writes it down as catalog entries.
@Command(
        name = "device",
        description = "Train small probes on this machine, fit its kernels and exchanges, write catalog entries.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  dryrun calibrate device --device cpu --write my-catalog --name my-laptop"},
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "2:bad input, or no trainer here", "3:a probe failed"})
public final class CalibrateDevice implements Callable<Integer> {
    private static final int BAD_INPUT = 2;
    private static final Pattern TIME = Pattern.compile("(\\d{1,4})(s|m)");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]*");

    @Option(names = "--device", defaultValue = "cpu", description = "cpu, or cuda:0 with the GPU build (default cpu).")
    private String device = "cpu";

    @Option(
            names = "--time",
            paramLabel = "TIME",
            defaultValue = "4m",
            description = "Begin no probe after this time, such as 90s or 4m (default 4m).")
    private String time = "4m";

    @Option(
            names = "--probes",
            paramLabel = "N",
            description =
                    "Only the first N probes, those that tell most; 4 are the fewest for entries of one and of two"
                            + " ranks (default all).")
    private int probes = ProbePlan.ALL.size();

    @Option(names = "--write", paramLabel = "DIR", description = "Catalog folder for the entries.")
    private @Nullable Path write;

    @Option(names = "--name", description = "Of the entries (default this-cpu, or this-gpu).")
    private @Nullable String name;

    @Option(
            names = "--measured",
            paramLabel = "FILE",
            description = "What was measured, and goes on from there (default NAME.measured.json).")
    private @Nullable Path measured;

    @Option(names = "--force", description = "Overwrite entries that are there.")
    private boolean force;

    @Option(names = "--quiet", description = "No progress on standard error.")
    private boolean quiet;

    /// The same by the command's own option.
    public static int run(String device, @Nullable Path write, @Nullable String name, boolean force) {
        var command = new CalibrateDevice();
        command.device = device;
        command.write = write;
        command.name = name;
        command.force = force;
        return command.call();
    }

    @Override
    public Integer call() {
        var matcher = TIME.matcher(time);
        if (!matcher.matches()) {
            System.err.println("--time is \"" + time + "\", but must be a number of s or m. Maybe 4m.");
            return BAD_INPUT;
        }
        if (probes < 1 || probes > ProbePlan.ALL.size()) {
            System.err.println("--probes is " + probes + ", but must be from 1 to " + ProbePlan.ALL.size() + ".");
            return BAD_INPUT;
        }
        Optional<String> unknown = TrainingDevice.problem(device);
        if (unknown.isPresent()) {
            System.err.println(unknown.get());
            return BAD_INPUT;
        }
        String own = name == null ? TrainingDevice.usualEntry(device) : name;
        if (!NAME.matcher(own).matches()) {
            System.err.println("--name is \"" + own + "\", but must be small letters, digits, points and hyphens. Maybe"
                    + " my-laptop.");
            return BAD_INPUT;
        }
        Trainer trainer = Trainer.find().orElse(null);
        if (trainer == null) {
            System.err.println(Trainer.missing("calibrate device"));
            return BAD_INPUT;
        }
        Optional<String> obstacle = trainer.obstacle(device);
        if (obstacle.isPresent()) {
            System.err.println(obstacle.get());
            return BAD_INPUT;
        }
        double seconds =
                Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("m") ? 60 : 1);
        Path state = measured != null ? measured : Path.of(own + ".measured.json");
        var request =
                new DeviceCalibration.Request(device, seconds, probes, own, Optional.ofNullable(write), state, force);
        return new DeviceCalibration(trainer, System.out, System.err, quiet).run(request);
    }
}
