// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.validation.train.Circumstance;
import dev.dryrun.validation.train.MeasuredOn;
import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.SmallRuns;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Predicts every job of a plan, then trains all of them, then all of them once more; and one of four ranks once.
final class LiveValidation {
    private static final int ROUNDS = 2;

    private final SmallRuns runs;
    private final PrintStream err;
    private final boolean quiet;

    /// @param machine name of the device's entries
    /// @param functionTest job that is trained without a prediction; empty for none
    /// @param measured file of what was trained already
    record Request(
            String machine, Catalog catalog, List<SmallJob> plan, Optional<SmallJob> functionTest, Path measured) {
        /// Whether the device has entries for the circumstance of a job.
        private boolean predicts(SmallJob job) {
            return isCalibrated(catalog, Circumstance.of(job).entry(machine));
        }
    }

    LiveValidation(SmallRuns runs, PrintStream err, boolean quiet) {
        this.runs = runs;
        this.err = err;
        this.quiet = quiet;
    }

    /// Whether a calibration has written entries of this name.
    static boolean isCalibrated(Catalog catalog, String entry) {
        List<String> stacks = catalog.names("stacks");
        return catalog.names("nodes").contains(entry)
                && stacks.contains(entry)
                && stacks.contains(entry + "-materialised");
    }

    /// @throws dev.dryrun.validation.train.TrainingFailure where a training stopped
    LiveResult run(Request request) {
        int most = runs.trainer().mostRanks(runs.device());
        List<SmallJob> jobs = request.plan().stream()
                .filter(job -> request.predicts(job) && job.ranks() <= most)
                .toList();
        if (jobs.size() < request.plan().size()) {
            err.printf(
                    Locale.ROOT,
                    "%d jobs are left out: %s has no entries for bf16 or for two ranks, or %s has no room for them.%n",
                    request.plan().size() - jobs.size(),
                    request.machine(),
                    runs.device());
        }
        List<LivePrediction> predictions = jobs.stream()
                .map(job -> LivePrediction.of(job, request.machine(), request.catalog()))
                .toList();
        List<SmallJob> firstRound = new ArrayList<>(jobs);
        request.functionTest().filter(job -> job.ranks() <= most).ifPresent(firstRound::add);
        MeasuredFile file = measure(request.measured(), List.of(firstRound, jobs));
        return new LiveResult(
                request.machine(),
                predictions.stream().map(predicted -> row(predicted, file)).toList(),
                request.functionTest().flatMap(job -> file.of(job, 0)));
    }

    private static LiveRow row(LivePrediction predicted, MeasuredFile file) {
        Optional<Measured> first = file.of(predicted.job(), 0);
        Optional<Measured> second = file.of(predicted.job(), 1);
        return new LiveRow(predicted, new LiveRow.Rounds(first.orElseThrow(), second.orElseThrow()));
    }

    private MeasuredFile measure(Path state, List<List<SmallJob>> rounds) {
        MeasuredFile file = MeasuredFile.read(state, MeasuredOn.of(MeasuredFile.SCHEMA, runs.device(), runs.trainer()));
        if (!file.trainings().isEmpty()) {
            err.println(file.trainings().size() + " trainings are in " + state + "; delete it to train anew.");
        }
        int all = rounds.stream().mapToInt(List::size).sum();
        int done = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (SmallJob job : rounds.get(round)) {
                done++;
                if (file.of(job, round).isPresent()) {
                    continue;
                }
                if (!quiet) {
                    err.printf(Locale.ROOT, "%d of %d: %s%n", done, all, job.name());
                }
                file = file.with(Measured.of(job, round, runs.train(job)));
                file.write(state);
            }
        }
        return file;
    }
}
