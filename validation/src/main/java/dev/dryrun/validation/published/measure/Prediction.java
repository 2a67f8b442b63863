// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a simulator says about one job. A figure of memory that it does not give is NaN.
///
/// @param stepSeconds time of a step
/// @param memoryAllocatedBytes peak that the framework's allocator would report, on the fullest GPU
/// @param memoryReservedBytes peak that this allocator took from the device, on the fullest GPU
/// @param memoryDeviceBytes peak that the driver would report, on the fullest GPU
/// @param fits whether the job runs without running out of memory
/// @param assumed what the simulator supplied, one short phrase each
/// @param breakdownSeconds the step by what its time goes to, mean over GPUs, in the order in which it is shown; empty
///     where the simulator does not tell
public record Prediction(
        double stepSeconds,
        double memoryAllocatedBytes,
        double memoryReservedBytes,
        double memoryDeviceBytes,
        boolean fits,
        List<String> assumed,
        Map<String, Double> breakdownSeconds) {
    public Prediction {
        breakdownSeconds = Collections.unmodifiableMap(new LinkedHashMap<>(breakdownSeconds));
        assumed = List.copyOf(assumed);
        if (!(stepSeconds > 0)) {
            throw new IllegalArgumentException("stepSeconds is " + stepSeconds + "; it must be above 0");
        }
    }

    /// Without a breakdown.
    public Prediction(
            double stepSeconds,
            double memoryAllocatedBytes,
            double memoryReservedBytes,
            double memoryDeviceBytes,
            boolean fits,
            List<String> assumed) {
        this(stepSeconds, memoryAllocatedBytes, memoryReservedBytes, memoryDeviceBytes, fits, assumed, Map.of());
    }
}
