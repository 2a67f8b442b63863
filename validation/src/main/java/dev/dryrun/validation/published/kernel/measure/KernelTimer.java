// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.hardware.accelerator.Precision;
import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import dev.dryrun.validation.published.kernel.table.KernelWork;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/// Predicts how long a benchmark of a kernel finds it to take on one accelerator.
final class KernelTimer {
    private final Accelerator accelerator;
    private final KernelModel burst;
    private final KernelModel sustained;
    private final ClockByDuration clock;

    KernelTimer(Accelerator accelerator) {
        GemmCalibration gemm = accelerator.gemm();
        this.accelerator = accelerator;
        this.clock = ClockByDuration.of(accelerator);
        this.sustained = new KernelModel(accelerator, 1);
        this.burst = new KernelModel(accelerator.withGemm(gemm.withRates(gemm.burstFlopsPerSecond(), 1)), 1);
    }

    /// Seconds; nothing where a rate is not known.
    OptionalDouble seconds(KernelWork work) {
        return switch (work) {
            case KernelWork.Product(Gemm gemm) -> product(gemm.precision(), model -> model.gemmSeconds(gemm));
            case KernelWork.Grouped(Gemm each, int groups) ->
                product(each.precision(), model -> model.groupedSeconds(each, groups));
            case KernelWork.Attention attention -> {
                OptionalDouble rate = AttentionRate.flopsPerSecond(accelerator.name(), attention);
                yield rate.isEmpty()
                        ? rate
                        : OptionalDouble.of(
                                sustained.flashSeconds(attention.shape(), attention.pass(), rate.getAsDouble()));
            }
            case KernelWork.Streaming streaming -> OptionalDouble.of(StreamingKernels.seconds(accelerator, streaming));
        };
    }

    private OptionalDouble product(Precision precision, ToDoubleFunction<KernelModel> seconds) {
        if (!accelerator.supports(precision)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(clock.seconds(seconds.applyAsDouble(burst), seconds.applyAsDouble(sustained)));
    }
}
