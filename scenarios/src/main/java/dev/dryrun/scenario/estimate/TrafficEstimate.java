// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.estimate;

import dev.dryrun.strategy.estimate.DataParallelVolume;
import dev.dryrun.strategy.estimate.ZeroStage;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// What data parallelism makes a rank send in a step.
///
/// @param replicas that exchange it
/// @param sentBytes by ZeRO stage
public record TrafficEstimate(int replicas, Map<ZeroStage, Double> sentBytes) {
    public TrafficEstimate {
        sentBytes = Collections.unmodifiableMap(new EnumMap<>(sentBytes));
    }

    static TrafficEstimate of(EstimateRequest request) {
        EstimateRequest.Setup setup = request.setup();
        var volume = new DataParallelVolume(
                setup.cut().parametersOfFullestRank(request.model()),
                setup.states().format().weightBytes(),
                setup.states().gradientBytes(),
                setup.data());
        var sent = new EnumMap<ZeroStage, Double>(ZeroStage.class);
        for (ZeroStage stage : ZeroStage.values()) {
            sent.put(stage, volume.sentBytes(stage));
        }
        return new TrafficEstimate(setup.data(), sent);
    }
}
