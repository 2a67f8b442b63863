// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.strategy.estimate.KeyValueCache;
import dev.dryrun.strategy.estimate.WeightFormat;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// Memory of inference, over all GPUs that share it.
///
/// @param weightBytes by format
/// @param cache keys and values, where the model's layers are known
/// @param sequenceLength tokens that a sequence grows to
/// @param sequences served at a time
public record InferenceEstimate(
        Map<WeightFormat, Double> weightBytes, Optional<KeyValueCache> cache, long sequenceLength, long sequences) {
    public InferenceEstimate {
        weightBytes = Collections.unmodifiableMap(new EnumMap<>(weightBytes));
    }

    static InferenceEstimate of(EstimateRequest request) {
        var weights = new EnumMap<WeightFormat, Double>(WeightFormat.class);
        for (WeightFormat format : WeightFormat.values()) {
            weights.put(format, format.bytes(request.model().parameters()));
        }
        var elements = request.model().keyValueElementsPerToken();
        double elementBytes = request.serving().keyValueBits() / 8.0;
        return new InferenceEstimate(
                weights,
                elements.isPresent()
                        ? Optional.of(new KeyValueCache(elements.getAsDouble(), elementBytes))
                        : Optional.empty(),
                request.setup().sequenceLength(),
                request.serving().sequences());
    }
}
