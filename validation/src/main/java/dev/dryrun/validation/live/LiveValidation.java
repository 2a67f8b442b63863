// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.train.Circumstance;
import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.SmallRuns;
import dev.dryrun.validation.written.CatalogFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Predicts every job of a plan, then trains all of them, then all of them once more; and one of four processes once.
final class LiveValidation {
    private static final int ROUNDS = 2;

    private final SmallRuns runs;
    private final PrintStream err;
    private final boolean quiet;

    /// @param machine name of the device's entries
    /// @param measured file of what was trained already
    record Request(String machine, Catalog catalog, List<SmallJob> plan, Path measured, Optional<Path> html) {
        /// Jobs for whose circumstance the device has entries.
        List<SmallJob> jobs() {
            List<String> nodes = catalog.names("nodes");
            return plan.stream()
                    .filter(job -> nodes.contains(Circumstance.of(job).entry(machine)))
                    .toList();
        }
    }

    LiveValidation(SmallRuns runs, PrintStream err, boolean quiet) {
        this.runs = runs;
        this.err = err;
        this.quiet = quiet;
    }

    /// @throws dev.dryrun.validation.train.TrainingFailure where a training stopped
    LiveResult run(Request request) {
        List<SmallJob> jobs = request.jobs();
        if (jobs.size() < request.plan().size()) {
            err.printf(
                    Locale.ROOT,
                    "%d jobs are left out: %s has no entries for bf16 or for two processes.%n",
                    request.plan().size() - jobs.size(),
                    request.machine());
        }
        List<LivePrediction> predictions = jobs.stream()
                .map(job -> LivePrediction.of(job, request.machine(), request.catalog()))
                .toList();
        MeasuredFile file = measure(request, jobs);
        List<LiveRow> rows = new ArrayList<>();
        for (LivePrediction predicted : predictions) {
            SmallJob job = predicted.job();
            rows.add(new LiveRow(
                    predicted,
                    new LiveRow.Rounds(
                            file.of(job, 0).orElseThrow(), file.of(job, 1).orElseThrow())));
        }
        request.html()
                .ifPresent(page ->
                        new CatalogFile(page, LivePage.write(request.machine(), rows, request.catalog())).write(true));
        return new LiveResult(
                request.machine(), rows, file.of(LivePlan.OF_FOUR, 0).orElseThrow());
    }

    private MeasuredFile measure(Request request, List<SmallJob> jobs) {
        List<SmallJob> all = new ArrayList<>(jobs);
        all.add(LivePlan.OF_FOUR);
        MeasuredFile file = MeasuredFile.read(request.measured(), runs.device(), all);
        int known = file.trainings().size();
        if (known > 0) {
            err.println(known + " trainings are taken from " + request.measured() + "; delete it to train anew.");
        }
        int done = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (SmallJob job : round == 0 ? all : jobs) {
                done++;
                if (file.of(job, round).isPresent()) {
                    continue;
                }
                if (!quiet) {
                    err.printf(Locale.ROOT, "%d of %d: %s%n", done, all.size() + jobs.size(), job.name());
                }
                file = file.with(Measured.of(job, round, runs.train(job)));
                file.write(request.measured());
            }
        }
        return file;
    }
}
