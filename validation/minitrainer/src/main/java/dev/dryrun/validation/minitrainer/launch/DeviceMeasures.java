// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.launch;

import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.minitrainer.measure.CudaClock;
import dev.dryrun.validation.minitrainer.measure.CudaMemory;
import dev.dryrun.validation.minitrainer.measure.NativeHeap;
import java.util.function.LongSupplier;

/// How a device is measured.
///
/// @param clock of its kernels
/// @param liveBytes what it holds
record DeviceMeasures(Clock clock, LongSupplier liveBytes) {
    /// @param gpu number of the GPU, or -1 for the CPU
    static DeviceMeasures of(int gpu) {
        return gpu >= 0
                ? new DeviceMeasures(new CudaClock(), new CudaMemory(gpu)::allocatedBytes)
                : new DeviceMeasures(Clock.ofCpu(), new NativeHeap()::liveBytes);
    }
}
