// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import org.jspecify.annotations.Nullable;

/// Something that ran on the GPU.
///
/// @param name of the kernel or copy
/// @param use what it was for
/// @param stream that it ran on
/// @param startMicros on the clock of the trace
/// @param micros it took
/// @param call the operator that issued it; null where the trace does not say
/// @param collective what it exchanged; null unless it is communication
public record GpuActivity(
        String name,
        GpuUse use,
        int stream,
        double startMicros,
        double micros,
        @Nullable OpCall call,
        @Nullable TracedCollective collective) {
    public double endMicros() {
        return startMicros + micros;
    }
}
