// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.live;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.io.JsonText;
import dev.dryrun.validation.train.KernelTime;
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
/// @param device such as `cpu`
record MeasuredFile(String device, List<Measured> trainings) {
    private static final String SCHEMA = "dryrun/live-measured/1";
    private static final double MOST = 1e12;

    MeasuredFile {
        trainings = List.copyOf(trainings);
    }

    /// The file, or nothing measured where there is no such file.
    ///
    /// @param jobs that may be in it; others are left out
    /// @throws dev.dryrun.hardware.catalog.InvalidInputException where it is not one of these, or of another device
    static MeasuredFile read(Path file, String device, List<SmallJob> jobs) {
        if (!Files.exists(file)) {
            return new MeasuredFile(device, List.of());
        }
        var problems = new Problems();
        Entry root = Document.read(file, problems).root();
        problems.throwIfAny();
        if (!root.text("schema").equals(SCHEMA) || !root.text("device").equals(device)) {
            root.problem("device", root.shown("device"), "must be trainings on " + device, "another --measured");
        }
        List<Measured> trainings = new ArrayList<>();
        for (Entry training : root.children("trainings")) {
            String name = training.text("job");
            jobs.stream()
                    .filter(job -> job.name().equals(name))
                    .findFirst()
                    .ifPresent(job -> trainings.add(read(training, job)));
        }
        problems.throwIfAny();
        return new MeasuredFile(device, trainings);
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
                training.number("step_time_s", 0, MOST),
                training.number("median_step_time_s", 0, MOST),
                training.integer("peak_bytes", 0, Long.MAX_VALUE),
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
        return new MeasuredFile(device, more);
    }

    void write(Path file) {
        var json = new JsonText().beginObject().field("schema", SCHEMA).field("device", device);
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
