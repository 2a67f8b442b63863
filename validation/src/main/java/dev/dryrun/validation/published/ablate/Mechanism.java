// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.ablate;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.hardware.accelerator.AttentionCurve;
import dev.dryrun.hardware.accelerator.GemmCalibration;
import dev.dryrun.strategy.compile.TransferRule;
import dev.dryrun.strategy.job.ElementwiseTraffic;
import dev.dryrun.strategy.job.StackDraft;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import java.util.Locale;
import java.util.function.UnaryOperator;

/// A mechanism of the model that can be switched off: what a job, its machines, its software and its transfers are
/// without it. Nothing is fitted again.
public enum Mechanism {
    CONTENTION("transfers that use the same links share them"),
    LATENCY("a transfer costs more than its bytes"),
    TRANSFERS("collectives and messages take time at all"),
    OVERLAP("communication runs beside kernels"),
    INTERFERENCE("communication slows the kernels beside it"),
    HOST("the host takes time to issue a kernel"),
    OPTIMIZER("the optimizer step moves state and gradients"),
    ELEMENTWISE("byte-bound kernels move their bytes"),
    RECOMPUTATION("what was dropped is computed again"),
    WAVES("a last wave of tiles that is not full costs more than its share"),
    EPILOGUE("results of a product leave the chip at a limited rate"),
    ALIGNMENT("products with odd sizes are slow"),
    GAPS("the device idles between two kernels"),
    CLOCK("a chip at its limit of power runs slower than in short runs"),
    SPREAD("the slowest of many equal chips sets the pace"),
    SATURATION("fused attention of short sequences and few heads is slower");

    private final String sentence;

    Mechanism(String sentence) {
        this.sentence = sentence;
    }

    /// Its name on the command line.
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// What it says of the world.
    public String sentence() {
        return sentence;
    }

    /// What of transfers takes time without it.
    TransferRule transfers() {
        return new TransferRule(this != CONTENTION, this != LATENCY, this != TRANSFERS);
    }

    /// The job without it.
    TrainingJob without(TrainingJob job) {
        return switch (this) {
            case CONTENTION, LATENCY, TRANSFERS -> job;
            case OVERLAP -> software(job, StackDraft::withoutOverlap);
            case INTERFERENCE -> software(job, StackDraft::withoutSlowdown);
            case HOST -> software(job.with(job.site().withoutHosts()), StackDraft::instantHost);
            case OPTIMIZER -> software(job, StackDraft::freeOptimizer);
            case ELEMENTWISE -> software(job, draft -> draft.traffic(ElementwiseTraffic.NONE));
            case RECOMPUTATION -> job.with(job.cluster(), job.strategy().with(RecomputeChoice.ofAll(Recompute.NONE)));
            case WAVES -> products(job, gemm -> shape(gemm, 0, gemm.gapSeconds()));
            case EPILOGUE ->
                products(job, gemm -> gemm.withEpilogue(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
            case ALIGNMENT -> products(job, GemmCalibration::aligned);
            case GAPS -> products(job, gemm -> shape(gemm, gemm.lastWaveCost(), 0));
            case CLOCK -> products(job, gemm -> gemm.withRates(gemm.burstFlopsPerSecond(), 1));
            case SPREAD -> job.withAccelerators(Accelerator::withoutSpread);
            case SATURATION ->
                job.withAccelerators(chip -> chip.calibrated(chip.calibration(), new AttentionCurve(0, 0, 0)));
        };
    }

    private static TrainingJob software(TrainingJob job, UnaryOperator<StackDraft> change) {
        return job.with(change.apply(job.stack().draft()).stack());
    }

    private static TrainingJob products(TrainingJob job, UnaryOperator<GemmCalibration> change) {
        return job.withAccelerators(chip -> chip.withGemm(change.apply(chip.gemm())));
    }

    private static GemmCalibration shape(GemmCalibration gemm, double lastWaveCost, double gapSeconds) {
        return gemm.withShape(lastWaveCost, gemm.squareTileRate(), gemm.narrowTileRate(), gapSeconds);
    }
}
