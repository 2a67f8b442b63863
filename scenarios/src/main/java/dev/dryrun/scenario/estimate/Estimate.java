// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.strategy.estimate.ModelFigures;
import java.util.Optional;

/// What follows from a request.
///
/// @param request what was asked, with the gaps filled
/// @param compute FLOPs of the training
/// @param time how long it takes, where the speed of a GPU is known
/// @param memory of a GPU in training
/// @param inference memory of inference
/// @param traffic of data parallelism, where there are replicas
public record Estimate(
        EstimateRequest request,
        ComputeEstimate compute,
        Optional<TimeEstimate> time,
        MemoryEstimate memory,
        InferenceEstimate inference,
        Optional<TrafficEstimate> traffic) {
    /// Puts the figures together.
    public static Estimate of(EstimateRequest request) {
        var compute = ComputeEstimate.of(request);
        return new Estimate(
                request,
                compute,
                request.training().speed().map(speed -> TimeEstimate.of(request, compute, speed)),
                MemoryEstimate.of(request),
                InferenceEstimate.of(request),
                request.setup().data() > 1 ? Optional.of(TrafficEstimate.of(request)) : Optional.empty());
    }

    public ModelFigures model() {
        return request.model();
    }
}
