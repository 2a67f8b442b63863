// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import java.util.List;

/// What a host did to keep its GPU busy.
///
/// @param launches of kernels and copies, each by a call of its own, in the order of time; empty where the trace has
/// no calls of the runtime
/// @param waits for the GPU
/// @param operators whether operators were recorded too, which slows the host down
public record HostTrace(List<Launch> launches, List<ProfilerTrace.Window> waits, boolean operators) {
    /// Where the trace tells nothing of it.
    public static final HostTrace NONE = new HostTrace(List.of(), List.of(), false);

    public HostTrace {
        launches = List.copyOf(launches);
        waits = List.copyOf(waits);
    }

    /// A call that issued something.
    ///
    /// @param thread of the host
    /// @param startMicros of the call, on the clock of the trace
    public record Launch(long thread, double startMicros, GpuActivity activity) {}
}
