// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// What a training does beside its steps and time that it takes within them.
///
/// @param loadingSeconds that a replica waits for its data
/// @param loadsEachMicroBatch whether it waits so long for each micro-batch, else for each step
/// @param evaluateEvery steps of training from one evaluation to the next; 0 for none
/// @param evaluationSteps global batches that pass forward in an evaluation
public record Interludes(double loadingSeconds, boolean loadsEachMicroBatch, int evaluateEvery, int evaluationSteps) {
    public static final Interludes NONE = new Interludes(0, false, 0, 0);

    public Interludes {
        if (!(loadingSeconds >= 0)) {
            throw new IllegalArgumentException("loadingSeconds is " + loadingSeconds + "; it must be at least 0");
        }
        if (evaluateEvery < 0 || evaluationSteps < 0 || (evaluateEvery == 0 && evaluationSteps > 0)) {
            throw new IllegalArgumentException("evaluates " + evaluationSteps + " batches every " + evaluateEvery
                    + " steps; both must be at least 1, or 0 for none");
        }
    }

    /// Evaluation batches for each step of training.
    public double evaluationsPerStep() {
        return evaluateEvery == 0 ? 0 : (double) evaluationSteps / evaluateEvery;
    }
}
