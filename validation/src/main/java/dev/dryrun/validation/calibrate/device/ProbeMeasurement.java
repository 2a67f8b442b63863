// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.validation.train.ExchangeOrder;
import dev.dryrun.validation.train.MeasuredOn;
import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.SmallRuns;
import dev.dryrun.validation.train.Trainer;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/// Measures exchanges, then as many probes as there is time for; what was measured before is not measured again.
final class ProbeMeasurement {
    private static final int RANKS_OF_EXCHANGES = 2;
    private static final double NANO = 1e-9;

    private final Trainer trainer;
    private final PrintStream err;
    private final boolean quiet;

    ProbeMeasurement(Trainer trainer, PrintStream err, boolean quiet) {
        this.trainer = trainer;
        this.err = err;
        this.quiet = quiet;
    }

    /// @throws dev.dryrun.validation.train.TrainingFailure where a rank could not go on
    ProbeFile run(DeviceCalibration.Request request) {
        long begin = System.nanoTime();
        ProbeFile file = ProbeFile.read(request.measured(), MeasuredOn.of(ProbeFile.SCHEMA, request.device(), trainer));
        var runs = new SmallRuns(trainer, request.device());
        int most = trainer.mostRanks(request.device());
        int done = 1;
        if (file.exchanges().isEmpty() && most >= RANKS_OF_EXCHANGES) {
            tell(request, done, 0, "exchanges");
            file = file.with(trainer.exchanges(ExchangeOrder.usual(request.device())));
            file.write(request.measured());
        }
        for (SmallJob job : request.plan()) {
            done++;
            double spent = (System.nanoTime() - begin) * NANO;
            if (file.has(job) || job.ranks() > most || spent > request.seconds()) {
                continue;
            }
            tell(request, done, spent, job.name());
            file = file.with(Probe.of(job, runs.train(job)));
            file.write(request.measured());
        }
        return file;
    }

    /// A line of progress: exchanges are the first step, then comes a step for each probe.
    private void tell(DeviceCalibration.Request request, int done, double spent, String what) {
        List<SmallJob> plan = request.plan();
        int steps = 1 + plan.size();
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
}
