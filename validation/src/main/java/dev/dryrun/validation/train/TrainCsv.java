// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

/// The steps of a training as a table.
final class TrainCsv {
    private TrainCsv() {}

    static String write(TrainingReport report) {
        var text = new StringBuilder("step,loss,gradient_norm,step_time_s,tokens_per_s\n");
        for (TrainedStep step : report.steps()) {
            text.append(step.number()).append(',').append(step.loss()).append(',');
            text.append(step.gradientNorm()).append(',').append(step.seconds()).append(',');
            text.append(report.tokensPerStep() / step.seconds()).append('\n');
        }
        return text.toString();
    }
}
