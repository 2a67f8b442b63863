// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.strategy.estimate.ZeroStage;
import dev.dryrun.strategy.memory.StateBytes;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/// Memory of the GPU of a replica that holds most: what lasts, by ZeRO stage, and what the forward pass keeps.
///
/// @param parametersPerGpu before replicas share them
/// @param states by ZeRO stage
/// @param activationBytes by recomputation; empty where the model's layers are not known
/// @param capacityBytes of the accelerator, where one is named
public record MemoryEstimate(
        double parametersPerGpu,
        Map<ZeroStage, StateBytes> states,
        Map<Recompute, Double> activationBytes,
        OptionalDouble capacityBytes) {
    public MemoryEstimate {
        states = Collections.unmodifiableMap(new EnumMap<>(states));
        var copy = new EnumMap<Recompute, Double>(Recompute.class);
        copy.putAll(activationBytes);
        activationBytes = Collections.unmodifiableMap(copy);
    }

    static MemoryEstimate of(EstimateRequest request) {
        EstimateRequest.Setup setup = request.setup();
        double parameters = setup.cut().parametersOfFullestRank(request.model());
        var states = new EnumMap<ZeroStage, StateBytes>(ZeroStage.class);
        for (ZeroStage stage : ZeroStage.values()) {
            states.put(stage, stage.share(setup.states().of(parameters), setup.data()));
        }
        var activations = new EnumMap<Recompute, Double>(Recompute.class);
        for (Recompute recompute : Recompute.values()) {
            setup.activations().kept(request.model(), recompute).ifPresent(bytes -> activations.put(recompute, bytes));
        }
        return new MemoryEstimate(
                parameters,
                states,
                activations,
                request.accelerator()
                        .map(Accelerator::usableMemoryBytes)
                        .map(bytes -> OptionalDouble.of(bytes))
                        .orElse(OptionalDouble.empty()));
    }

    /// States of a stage alone.
    public StateBytes statesOf(ZeroStage stage) {
        StateBytes bytes = states.get(stage);
        if (bytes == null) {
            throw new IllegalStateException("no states of " + stage);
        }
        return bytes;
    }

    /// States and activations together.
    public double totalBytes(ZeroStage stage, Recompute recompute) {
        return statesOf(stage).total() + activationBytes.getOrDefault(recompute, 0.0);
    }

    /// Whether so many bytes are fewer than a process can have; true where nobody says how many these are.
    public boolean fits(double bytes) {
        return capacityBytes.isEmpty() || bytes <= capacityBytes.getAsDouble();
    }
}
