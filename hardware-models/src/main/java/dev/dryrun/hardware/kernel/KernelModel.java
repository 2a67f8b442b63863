// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.Precision;

/// How long kernels take on one accelerator of a group that works in step.
///
/// Seconds are device seconds and include the gap to the next kernel; what the host spends on issuing a kernel is not
/// here. Kernels bound by the clock run at the speed of the slowest member of the group, byte-bound ones do not.
public final class KernelModel {
    private static final long PADDED_TO = 8;

    private final Accelerator accelerator;
    private final GemmModel gemm;
    private final double speed;

    /// @param synchronousGpus accelerators that wait for each other in every step
    public KernelModel(Accelerator accelerator, int synchronousGpus) {
        this.accelerator = accelerator;
        this.speed = SlowestOf.speed(accelerator.speedSpread(), synchronousGpus);
        this.gemm = new GemmModel(accelerator, speed);
    }

    /// Seconds of a matrix product.
    public double gemmSeconds(Gemm product) {
        return gemm.seconds(product);
    }

    /// Seconds of so many products of equal sizes in one kernel, such as those of experts.
    ///
    /// How many rows, and in a weight gradient how many terms, an expert has is no length of rows in memory: it is
    /// padded to the eight that a tensor core takes and does not cost alignment.
    public double groupedSeconds(Gemm each, int groups) {
        return gemm.seconds(new Gemm(
                padded(each.m()), padded(each.n()), padded(each.k()), groups, each.precision(), each.output()));
    }

    private static long padded(long size) {
        return Math.ceilDiv(size, PADDED_TO) * PADDED_TO;
    }

    /// Seconds of a kernel that does nothing but read and write memory: `bytes / (e B) + t0`, e the share of the
    /// data sheet's bandwidth B that streaming kernels reach.
    public double bytesSeconds(double bytes) {
        if (!(bytes >= 0)) {
            throw new IllegalArgumentException("a kernel cannot move " + bytes + " bytes");
        }
        return bytes / accelerator.streamBytesPerSecond() + launchGapSeconds();
    }

    /// Seconds of a kernel of vector operations that moves so many bytes: bound by memory, or by the fp32 peak of the
    /// data sheet where it has one. A bound from below: what such kernels reach of that peak is not known.
    public double vectorSeconds(double bytes, double flops) {
        double moving = bytesSeconds(bytes);
        return accelerator.supports(Precision.FP32)
                ? Math.max(
                        moving, flops / (accelerator.peakFlopsPerSecond(Precision.FP32) * speed) + launchGapSeconds())
                : moving;
    }

    /// Seconds of fused attention: `flops / (rate f(q) g(blocks)) + t0`.
    ///
    /// `f = q / (q + q0)` is the loss of short sequences, `g = blocks / (blocks + b0)` that of few blocks for many
    /// compute units; q0 and b0 belong to the accelerator.
    ///
    /// @param ratePerSecond operations a second of long sequences and many heads, a fact of the software stack
    public double flashSeconds(FlashAttention shape, Pass pass, double ratePerSecond) {
        if (!(ratePerSecond > 0)) {
            throw new IllegalArgumentException("attention needs a positive rate, not " + ratePerSecond);
        }
        double share = switch (pass) {
            case FORWARD -> accelerator.attention().forwardShare(shape.queryLength(), shape.blocks());
            case BACKWARD -> accelerator.attention().backwardShare(shape.queryLength(), shape.blocks());
        };
        return shape.flops(pass) / (ratePerSecond * share * speed) + launchGapSeconds();
    }

    /// Seconds that a stream idles between two kernels that were both issued in time.
    public double launchGapSeconds() {
        return accelerator.gemm().gapSeconds();
    }
}
