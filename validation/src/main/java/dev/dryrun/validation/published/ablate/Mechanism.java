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
    CONTENTION("transfers that use the same links share them", new TransferRule(false, true, true)),
    LATENCY("a transfer costs more than its bytes", new TransferRule(true, false, true)),
    TRANSFERS("collectives and messages take time at all", new TransferRule(true, true, false)),
    OVERLAP("communication runs beside kernels", software(StackDraft::withoutOverlap)),
    INTERFERENCE("communication slows the kernels beside it", software(StackDraft::withoutSlowdown)),
    HOST("the host takes time to issue a kernel", software(StackDraft::instantHost)),
    OPTIMIZER("the optimizer step moves state and gradients", software(StackDraft::freeOptimizer)),
    ELEMENTWISE("byte-bound kernels move their bytes", software(draft -> draft.traffic(ElementwiseTraffic.NONE))),
    RECOMPUTATION("what was dropped is computed again", Mechanism::keepingEverything),
    WAVES(
            "a last wave of tiles that is not full costs as much as its share",
            products(gemm -> gemm.withShape(0, gemm.squareTileRate(), gemm.narrowTileRate(), gemm.gapSeconds()))),
    EPILOGUE(
            "results of a product leave the chip at a limited rate",
            products(gemm -> gemm.withEpilogue(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY))),
    ALIGNMENT("products with odd sizes are slow", products(GemmCalibration::aligned)),
    GAPS(
            "the device idles between two kernels",
            products(gemm -> gemm.withShape(gemm.lastWaveCost(), gemm.squareTileRate(), gemm.narrowTileRate(), 0))),
    CLOCK("a chip at its limit of power runs slower than in short runs", products(GemmCalibration::atBurstClock)),
    SPREAD("the slowest of many equal chips sets the pace", machine(Accelerator::withoutSpread)),
    SATURATION(
            "fused attention of short sequences and few heads is slower",
            machine(chip -> chip.calibrated(chip.calibration(), new AttentionCurve(0, 0, 0))));

    private final String sentence;
    private final TransferRule transfers;
    private final UnaryOperator<TrainingJob> without;

    Mechanism(String sentence, TransferRule transfers) {
        this.sentence = sentence;
        this.transfers = transfers;
        without = UnaryOperator.identity();
    }

    Mechanism(String sentence, UnaryOperator<TrainingJob> without) {
        this.sentence = sentence;
        transfers = TransferRule.REAL;
        this.without = without;
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
        return transfers;
    }

    /// The job without it.
    TrainingJob without(TrainingJob job) {
        return without.apply(job);
    }

    private static UnaryOperator<TrainingJob> software(UnaryOperator<StackDraft> change) {
        return job -> job.with(change.apply(job.stack().draft()).stack());
    }

    private static UnaryOperator<TrainingJob> machine(UnaryOperator<Accelerator> change) {
        return job -> job.withAccelerators(change);
    }

    private static UnaryOperator<TrainingJob> products(UnaryOperator<GemmCalibration> change) {
        return machine(chip -> chip.withGemm(change.apply(chip.gemm())));
    }

    private static TrainingJob keepingEverything(TrainingJob job) {
        return job.with(job.cluster(), job.strategy().with(RecomputeChoice.ofAll(Recompute.NONE)));
    }
}
