// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.validation.trace.TraceReader;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceGapTest {
    private static final int KERNELS = 50;

    @TempDir
    private Path folder;

    private OptionalDouble gap(StepTrace trace) {
        return DeviceGap.seconds(List.of(TraceReader.read(trace.in(folder))));
    }

    @Test
    void kernelsThatWereThereInTimeTellIt() {
        var trace = new StepTrace("GPU", 1);
        for (int i = 0; i < KERNELS; i++) {
            trace.kernel("gemm", "cudaLaunchKernel", 5 * i, 101.5 * (i + 1), 100);
        }
        assertEquals(1.5e-6, gap(trace).orElseThrow(), 1e-12);
    }

    /// A kernel every 4 us, each on its way for 6: its call comes before the kernel ahead has ended, and yet the GPU
    /// waits for it.
    @Test
    void launchesOnTheirWayAreNoGap() {
        var trace = new StepTrace("GPU", 1);
        for (int i = 0; i < KERNELS; i++) {
            trace.kernel("add", "cudaLaunchKernel", 4 * i, 4 * i + 6, 1);
        }
        assertTrue(gap(trace).isEmpty());
    }
}
