// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.device;

import dev.dryrun.validation.train.SmallJob;
import dev.dryrun.validation.train.Trainer;
import dev.dryrun.validation.train.TrainingOrder;
import dev.dryrun.validation.train.TrainingReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Trains small jobs on a device.
///
/// @param trainer that does it
/// @param device such as `cpu`
public record ProbeRuns(Trainer trainer, String device) {
    private static final double USUAL_RATE = 2e10;
    private static final double USUAL_CALL_SECONDS = 1e-3;
    private static final double SECONDS_OF_STEPS = 1.5;
    private static final int LEAST_STEPS = 13;
    private static final int MOST_STEPS = 63;

    /// Trains a job for a second or two.
    ///
    /// @param node of any catalog entry that has the format; it is not simulated
    public TrainingReport train(SmallJob job, String node, String stack, List<Path> catalog) {
        try {
            Path file = Files.createTempFile("dryrun-", ".yaml");
            try {
                Files.writeString(file, job.scenario(node, stack));
                TrainingOrder usual = TrainingOrder.usual(file, steps(job));
                return trainer.train(
                        new TrainingOrder(
                                file,
                                catalog,
                                usual.steps(),
                                usual.warmUp(),
                                usual.seed(),
                                usual.text(),
                                device,
                                usual.threads(),
                                usual.learningRate(),
                                usual.weightDecay(),
                                usual.clipNorm()),
                        step -> {});
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static int steps(SmallJob job) {
        double seconds = job.flops() / USUAL_RATE + USUAL_CALL_SECONDS * job.layers() * job.microBatches();
        return (int) Math.max(LEAST_STEPS, Math.min(MOST_STEPS, SECONDS_OF_STEPS / seconds));
    }

    /// What a report says of a probe.
    static Probe probe(SmallJob job, TrainingReport report) {
        int counted = report.steps().size() - report.order().warmUp();
        return new Probe(
                job,
                report.quietStepSeconds(),
                report.peakBytes(),
                report.kernels().stream()
                        .map(one -> new Probe.Timed(
                                one.rank(),
                                one.name(),
                                one.shape(),
                                one.pass().name().toLowerCase(Locale.ROOT),
                                (double) one.calls() / counted,
                                one.quietSeconds()))
                        .toList());
    }
}
