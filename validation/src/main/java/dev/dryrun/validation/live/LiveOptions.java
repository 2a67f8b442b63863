// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.scenario.cli.UserCatalog;
import dev.dryrun.validation.train.SmallRuns;
import dev.dryrun.validation.train.Trainer;
import dev.dryrun.validation.train.TrainingFailure;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Options of `validate` that train jobs on this machine.
@Command
public final class LiveOptions {
    private static final int BAD_INPUT = 2;
    private static final int FAILED = 3;
    private static final Pattern DEVICE = Pattern.compile("cpu|cuda:\\d{1,3}");

    @Option(
            names = "--live",
            description = "Predict small jobs for this machine, train them, and compare; needs the entries that dryrun"
                    + " calibrate device writes.")
    private boolean live;

    @Option(
            names = "--machine",
            paramLabel = "NAME",
            defaultValue = "this-cpu",
            description = "With --live: name of the entries (default this-cpu).")
    private String machine = "this-cpu";

    @Option(names = "--catalog", paramLabel = "DIR", description = "With --live: catalog folder with the entries.")
    private List<Path> catalog = List.of();

    @Option(names = "--device", defaultValue = "cpu", description = "With --live: cpu, or cuda:0 (default cpu).")
    private String device = "cpu";

    @Option(
            names = "--measured",
            paramLabel = "FILE",
            description = "With --live: what was trained, and goes on from there (default NAME.live.json).")
    private @Nullable Path measured;

    @Option(names = "--short", description = "With --live: two jobs only, to see that it works.")
    private boolean few;

    /// Whether jobs are to be trained.
    public boolean isLive() {
        return live;
    }

    /// Whether an option is given that only goes with `--live`.
    public boolean hasOthers() {
        return !catalog.isEmpty() || measured != null || few || !device.equals("cpu") || !machine.equals("this-cpu");
    }

    /// Predicts, trains, prints; returns the exit code.
    ///
    /// @param html file for a page with timelines
    public int run(boolean json, boolean quiet, Optional<Path> html, PrintStream out, PrintStream err) {
        Trainer trainer = Trainer.find().orElse(null);
        String wrong = wrong(trainer);
        var own = new Catalog(UserCatalog.folders(System.getenv(), catalog));
        if (wrong.isEmpty() && !own.names("nodes").contains(machine)) {
            wrong = "--machine is \"" + machine
                    + "\", but no node of the catalog has that name. Maybe run dryrun calibrate" + " device --name "
                    + machine + " --write DIR first, then this with --catalog DIR.";
        }
        if (trainer == null || !wrong.isEmpty()) {
            err.println(wrong);
            return BAD_INPUT;
        }
        var request = new LiveValidation.Request(
                machine,
                own,
                few ? LivePlan.SHORT : LivePlan.ALL,
                measured != null ? measured : Path.of(machine + ".live.json"),
                html);
        try {
            LiveResult result = new LiveValidation(new SmallRuns(trainer, device), err, quiet).run(request);
            out.print(json ? LiveJson.write(result) : LiveText.write(result));
            out.flush();
            return 0;
        } catch (TrainingFailure failure) {
            err.println("A training stopped: " + failure.getMessage());
            return FAILED;
        }
    }

    /// What stands in the way; empty where nothing does.
    private String wrong(@Nullable Trainer trainer) {
        if (!DEVICE.matcher(device).matches()) {
            return "--device is \"" + device + "\", but must be cpu or cuda:N. Maybe cuda:0.";
        }
        return trainer == null
                ? "This program was built without the trainer, which needs libtorch (some 110 MB). Maybe run ./dryrun"
                        + " validate --live in a checkout of the sources, which builds it."
                : trainer.obstacle(device).orElse("");
    }
}
