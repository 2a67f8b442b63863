// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.List;

/// What the profiler saw of one rank.
///
/// @param file where it stands
/// @param device name of its GPU; empty where the trace does not say
/// @param computeUnits of that GPU; 0 where the trace does not say
/// @param rank of the process; 0 where it was alone
/// @param ranks of the job; 1 where it was alone
/// @param steps in the order of time; one from the first kernel to the last where the trace has no marks
/// @param marked whether the profiler marked the steps
/// @param activities of the GPU in the order of time
/// @param host what issued them
public record ProfilerTrace(
        String file,
        String device,
        int computeUnits,
        int rank,
        int ranks,
        List<Window> steps,
        boolean marked,
        List<GpuActivity> activities,
        HostTrace host) {
    public ProfilerTrace {
        steps = List.copyOf(steps);
        activities = List.copyOf(activities);
    }

    /// A step on the clock of the trace.
    public record Window(double startMicros, double endMicros) {
        public double seconds() {
            return (endMicros - startMicros) * 1e-6;
        }
    }
}
