// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

import dev.dryrun.strategy.recompute.Recompute;

/// What one GPU does for the training, in model FLOPs a second: those of `TrainingFlops`, nothing computed twice.
///
///     C = tau T       tau = n x,  n GPUs of rate x,  T seconds
///
/// Source: Anthony, Biderman and Schoelkopf, Transformer Math 101, EleutherAI, 2023.
///
/// @param modelFlopsPerSecond of one GPU
public record GpuRate(double modelFlopsPerSecond) {
    private static final double FULL_RECOMPUTATION = 8.0 / 6;

    public GpuRate {
        if (!(modelFlopsPerSecond > 0) || Double.isInfinite(modelFlopsPerSecond)) {
            throw new IllegalArgumentException(
                    "modelFlopsPerSecond is " + modelFlopsPerSecond + "; it must be positive and finite");
        }
    }

    /// A rate that counts what is executed. Full recomputation executes a second forward pass, 8 P D instead of 6 P D,
    /// so that a training takes 8 P D / n X. What selective recomputation repeats is no part of P D.
    /// Source: Narayanan et al., 2021, arXiv:2104.04473, section 5.1, eq. 4.
    public static GpuRate executed(double flopsPerSecond, Recompute recompute) {
        return new GpuRate(
                switch (recompute) {
                    case NONE, SELECTIVE -> flopsPerSecond;
                    case FULL -> flopsPerSecond / FULL_RECOMPUTATION;
                });
    }

    /// A share of the peak, without what is computed twice: MFU.
    public static GpuRate utilisation(double share, double peakFlopsPerSecond) {
        return new GpuRate(share * peakFlopsPerSecond);
    }

    /// The rate of each of so many GPUs that together train so many tokens a second.
    public static GpuRate tokens(double tokensPerSecond, long gpus, double flopsPerToken) {
        return new GpuRate(tokensPerSecond * flopsPerToken / gpus);
    }

    /// Time of one GPU for so many model FLOPs; that of n GPUs is an n-th of it.
    public double gpuSeconds(double modelFlops) {
        return modelFlops / modelFlopsPerSecond;
    }

    public double tokensPerSecond(double flopsPerToken) {
        return modelFlopsPerSecond / flopsPerToken;
    }
}
