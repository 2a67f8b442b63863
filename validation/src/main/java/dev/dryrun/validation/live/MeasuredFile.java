// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.validation.train.KernelTime;
import dev.dryrun.validation.train.MeasuredOn;
import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.TrainedSpan;
import dev.dryrun.validation.written.CatalogFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Trainings that were measured, as `dryrun/live-measured/1`: a validation that was stopped goes on from there.
///
/// It keeps jobs of every plan, whichever is trained.
///
/// @param on which device and machine, with which versions
record MeasuredFile(MeasuredOn on, List<Measured> trainings) {
    static final String SCHEMA = "dryrun/live-measured/1";

    private static final double LEAST_SECONDS = 1e-12;
    private static final double MOST = 1e12;

    MeasuredFile {
        trainings = List.copyOf(trainings);
    }

    /// The file, or nothing measured where there is no such file.
    ///
    /// @throws dev.dryrun.hardware.catalog.InvalidInputException where it is not one of these, or of another machine
    static MeasuredFile read(Path file, MeasuredOn on) {
        if (!Files.exists(file)) {
            return new MeasuredFile(on, List.of());
        }
        var problems = new Problems();
        Entry root = Document.read(file, problems).root();
        problems.throwIfAny();
        on.require(root);
        problems.throwIfAny();
        List<Measured> trainings = new ArrayList<>();
        for (Entry training : root.children("trainings")) {
            LivePlan.named(training.text("job")).ifPresent(job -> trainings.add(read(training, job)));
        }
        problems.throwIfAny();
        return new MeasuredFile(on, trainings);
    }

    private static Measured read(Entry training, SmallJob job) {
        List<TrainedSpan> spans = new ArrayList<>();
        for (Entry span : training.children("spans")) {
            spans.add(new TrainedSpan(
                    (int) span.integer("rank", 0, 1 << 20),
                    span.text("name"),
                    span.choice("pass", KernelTime.Pass.class),
                    span.number("start_s", -MOST, MOST),
                    span.number("end_s", -MOST, MOST)));
        }
        return new Measured(
                job,
                (int) training.integer("round", 0, 1),
                training.number("step_time_s", LEAST_SECONDS, MOST),
                training.number("median_step_time_s", LEAST_SECONDS, MOST),
                training.integer("peak_bytes", 1, Long.MAX_VALUE),
                training.number("first_loss", 0, MOST),
                training.number("last_loss", 0, MOST),
                spans);
    }

    Optional<Measured> of(SmallJob job, int round) {
        return trainings.stream()
                .filter(one -> one.job().equals(job) && one.round() == round)
                .findFirst();
    }

    MeasuredFile with(Measured training) {
        List<Measured> more = new ArrayList<>(trainings);
        more.add(training);
        return new MeasuredFile(on, more);
    }

    void write(Path file) {
        JsonText json = on.begin();
        json.key("trainings").beginArray();
        for (Measured training : trainings) {
            json.beginObject()
                    .field("job", training.job().name())
                    .field("round", (long) training.round())
                    .field("step_time_s", training.stepSeconds())
                    .field("median_step_time_s", training.medianSeconds())
                    .field("peak_bytes", training.peakBytes())
                    .field("first_loss", training.firstLoss())
                    .field("last_loss", training.lastLoss());
            json.key("spans").beginArray();
            for (TrainedSpan span : training.spans()) {
                json.beginObject()
                        .field("rank", (long) span.rank())
                        .field("name", span.name())
                        .field("pass", Entry.kebab(span.pass()))
                        .field("start_s", span.startSeconds())
                        .field("end_s", span.endSeconds())
                        .endObject();
            }
            json.endArray().endObject();
        }
        new CatalogFile(file, json.endArray().endObject().toString()).write(true);
    }
}
