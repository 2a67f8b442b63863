// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.cli.UserCatalog;
import dev.dryrun.validation.train.SmallRuns;
import dev.dryrun.validation.train.Trainer;
import dev.dryrun.validation.train.TrainingDevice;
import dev.dryrun.validation.train.TrainingFailure;
import dev.dryrun.validation.written.CatalogFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Options of `validate` that train jobs on this machine.
@Command
public final class LiveOptions {
    private static final int BAD_INPUT = 2;
    private static final int FAILED = 3;

    @Option(
            names = "--live",
            description = "Predict small jobs for this machine, train them, and compare; needs the entries that dryrun"
                    + " calibrate device writes.")
    private boolean live;

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            description = "With --live: name of the entries (default this-cpu, or this-gpu).")
    private @Nullable String machine;

    @Option(names = "--catalog", paramLabel = "DIR", description = "With --live: catalog folder with the entries.")
    private List<Path> catalog = List.of();

    @Option(names = "--device", description = "With --live: cpu, or cuda:0 (default cpu).")
    private @Nullable String device;

    @Option(
            names = "--measured",
            paramLabel = "FILE",
            description = "With --live: what was trained, and goes on from there (default NAME.live.json).")
    private @Nullable Path measured;

    @Option(names = "--short", description = "With --live: two jobs only, to see that it works.")
    private boolean shortPlan;

    /// Whether jobs are to be trained.
    public boolean isLive() {
        return live;
    }

    /// Whether an option is given that only goes with `--live`.
    public boolean hasOthers() {
        return !catalog.isEmpty() || measured != null || shortPlan || device != null || machine != null;
    }

    /// Predicts, trains, prints; returns the exit code.
    ///
    /// @param html file for a page with timelines
    public int run(boolean json, boolean quiet, Optional<Path> html, PrintStream out, PrintStream err) {
        String on = device == null ? TrainingDevice.CPU : device;
        String name = machine == null ? TrainingDevice.usualEntry(on) : machine;
        var own = new Catalog(UserCatalog.folders(System.getenv(), catalog));
        Trainer trainer = Trainer.find().orElse(null);
        String wrong = wrong(trainer, on, name, own);
        if (trainer == null || !wrong.isEmpty()) {
            err.println(wrong);
            return BAD_INPUT;
        }
        var request = new LiveValidation.Request(
                name,
                own,
                shortPlan ? LivePlan.SHORT : LivePlan.ALL,
                shortPlan ? Optional.empty() : Optional.of(LivePlan.FUNCTION_TEST),
                measured != null ? measured : Path.of(name + ".live.json"));
        try {
            LiveResult result = new LiveValidation(new SmallRuns(trainer, on), err, quiet).run(request);
            out.print(json ? LiveJson.write(result) : LiveText.write(result));
            out.flush();
            html.ifPresent(page -> new CatalogFile(page, LivePage.write(name, result.rows(), own)).write(true));
            return 0;
        } catch (TrainingFailure failure) {
            err.println("A training stopped: " + failure.getMessage());
            return FAILED;
        }
    }

    /// What stands in the way; empty where nothing does.
    private static String wrong(@Nullable Trainer trainer, String device, String machine, Catalog own) {
        Optional<String> unknown = TrainingDevice.problem(device);
        if (unknown.isPresent()) {
            return unknown.get();
        } else if (trainer == null) {
            return Trainer.missing("validate --live");
        } else if (!LiveValidation.isCalibrated(own, machine)) {
            return "--machine is \"" + machine + "\", but no calibration has written entries of that name. Maybe run"
                    + " dryrun calibrate device --name " + machine
                    + " --write DIR first, then this with --catalog DIR.";
        }
        return trainer.obstacle(device).orElse("");
    }
}
