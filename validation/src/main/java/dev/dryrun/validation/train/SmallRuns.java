// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

/// Trains small jobs on a device, each for a second or two.
///
/// @param trainer that does it
/// @param device such as `cpu`
public record SmallRuns(Trainer trainer, String device) {
    /// Of the catalog that every copy has: a job that is trained needs the name of some machine.
    private static final String ANY_NODE = "dgx-a100-80gb";

    private static final String STACK = "minitrainer";
    private static final double USUAL_RATE = 2e10;
    private static final double USUAL_CALL_SECONDS = 1e-3;
    private static final double SECONDS_OF_STEPS = 1.5;
    private static final int LEAST_STEPS = 13;
    private static final int MOST_STEPS = 63;

    /// Trains a job.
    ///
    /// @throws TrainingFailure where a rank could not go on
    public TrainingReport train(SmallJob job) {
        return JobFile.with(
                job,
                ANY_NODE,
                STACK,
                file -> trainer.train(TrainingOrder.usual(file, steps(job)).on(device), step -> {}));
    }

    private static int steps(SmallJob job) {
        double seconds = job.flops() / USUAL_RATE + USUAL_CALL_SECONDS * job.layers() * job.microBatches();
        return (int) Math.max(LEAST_STEPS, Math.min(MOST_STEPS, SECONDS_OF_STEPS / seconds));
    }
}
