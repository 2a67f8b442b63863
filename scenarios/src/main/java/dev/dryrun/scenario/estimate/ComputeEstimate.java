// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.strategy.estimate.ComputeOptimal;
import dev.dryrun.strategy.estimate.ModelFigures;
import dev.dryrun.strategy.estimate.TrainingFlops;
import dev.dryrun.strategy.model.StepFlops;
import java.util.OptionalDouble;

/// FLOPs of a training, by rule and by count.
///
/// @param training parameters and tokens of the rule
/// @param bestOfSize the training for which a model of that size is the best
/// @param bestOfFlops the best model and training of as many FLOPs
/// @param exactPerToken the model's own count, attention as the training computes it
/// @param palmPerToken the count of PaLM's MFU
public record ComputeEstimate(
        TrainingFlops training,
        ComputeOptimal bestOfSize,
        ComputeOptimal bestOfFlops,
        OptionalDouble exactPerToken,
        OptionalDouble palmPerToken) {
    static ComputeEstimate of(EstimateRequest request) {
        ModelFigures model = request.model();
        var training =
                new TrainingFlops(model.activeParameters(), request.training().tokens());
        long sequence = request.setup().sequenceLength();
        StepFlops.AttentionCount computed = switch (request.setup().attention()) {
            case MATERIALISED -> StepFlops.AttentionCount.FULL_SQUARE;
            case FLASH -> StepFlops.AttentionCount.CAUSAL;
        };
        return new ComputeEstimate(
                training,
                ComputeOptimal.forParameters(model.parameters()),
                ComputeOptimal.forFlops(training.total()),
                model.trainingFlopsPerToken(sequence, computed),
                model.palmFlopsPerToken(sequence));
    }

    /// The model's own count for all tokens.
    public OptionalDouble exactTotal() {
        return exactPerToken.isPresent()
                ? OptionalDouble.of(exactPerToken.getAsDouble() * training.tokens())
                : OptionalDouble.empty();
    }
}
