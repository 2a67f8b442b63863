// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.measure;

import java.util.List;

/// What a simulator says about one job.
///
/// @param stepSeconds time of a step
/// @param memoryAllocatedBytes peak that the framework's allocator would report, on the fullest GPU
/// @param memoryReservedBytes peak that this allocator took from the device, on the fullest GPU
/// @param memoryDeviceBytes peak that the driver would report, on the fullest GPU
/// @param fits whether the job runs without running out of memory
/// @param assumed what the simulator supplied, one short phrase each
public record Prediction(
        double stepSeconds,
        double memoryAllocatedBytes,
        double memoryReservedBytes,
        double memoryDeviceBytes,
        boolean fits,
        List<String> assumed) {
    public Prediction {
        assumed = List.copyOf(assumed);
        if (!(stepSeconds > 0)) {
            throw new IllegalArgumentException("stepSeconds is " + stepSeconds + "; it must be above 0");
        }
    }
}
