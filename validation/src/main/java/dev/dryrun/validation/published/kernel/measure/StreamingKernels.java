// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.catalog.Figure;
import dev.dryrun.validation.published.kernel.table.KernelLibrary;
import dev.dryrun.validation.published.kernel.table.KernelWork;

/// Time of a kernel that moves tensors, bound by memory or by the instructions that it issues:
///
///     t = f + (d^3 + i^3)^(1/3),   d = (bytes - h/2) / (e B),   i = bytes / (S clock c)
///
/// f: time of a launch on the device; e B: bandwidth of streaming kernels; h: bytes that the last cache can have kept
/// from the repetition before, which come at twice the bandwidth: all below half of the cache, none from twice on; S:
/// compute units; c: bytes that a kernel moves in a cycle of a compute unit. c belongs to the kernel, not to the chip:
/// those of an inference server that normalise, rotate or look up get nowhere near the bandwidth of A100 and H100 and
/// near that of A40, which has a third and a fifth of it and almost as many units. c is read off the files
/// of A100, H100 and A40 together: none is held out here.
/// phi-2 files; H100 is held out.
final class StreamingKernels {
    private static final double LAUNCH_SECONDS = 1.5e-6;
    private static final double USUAL_HERTZ = 1.5e9;

    private StreamingKernels() {}

    static double seconds(Accelerator accelerator, KernelWork.Streaming work) {
        Figure clock = accelerator.figures().get("clock");
        double hertz = clock == null ? USUAL_HERTZ : clock.value();
        double memory = (work.bytes() - keptBytes(accelerator, work.bytes()) / 2) / accelerator.streamBytesPerSecond();
        double issue = work.bytes() / (accelerator.computeUnits() * hertz * bytesPerCycle(work));
        return LAUNCH_SECONDS + Math.cbrt(memory * memory * memory + issue * issue * issue);
    }

    private static double keptBytes(Accelerator accelerator, double bytes) {
        Figure cache = accelerator.figures().get("last_level_cache");
        if (cache == null) {
            return 0;
        }
        return bytes * Math.clamp((2 - bytes / cache.value()) / 1.5, 0, 1);
    }

    private static double bytesPerCycle(KernelWork.Streaming work) {
        if (work.library() == KernelLibrary.PYTORCH) {
            return Double.POSITIVE_INFINITY;
        }
        return switch (work.kind()) {
            case EMBEDDING -> 2.25;
            case NORM -> 4.5;
            case ROTARY -> 6.4;
            case ACTIVATION -> 7.9;
            default -> Double.POSITIVE_INFINITY;
        };
    }
}
