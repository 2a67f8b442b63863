// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

/// Bytes that a rank sends in a step for data parallelism.
///
///     ZeRO-0 to 2   (g + w) P (N - 1)/N     reduce-scatter of gradients, all-gather of gradients or parameters
///     ZeRO-3        (g + 2 w) P (N - 1)/N   parameters gathered in the forward and again in the backward pass
///
/// P parameters of the rank's replica part, g and w bytes of a gradient and of a weight, N replicas in a ring; ZeRO-0
/// all-reduces gradients, 2 g P (N - 1)/N. For g = w that is 2 Psi and 3 Psi of the paper. One micro-batch a step is
/// assumed; with m of them ZeRO-3 gathers m times as often. Source: Rajbhandari et al., 2020, arXiv:1910.02054,
/// section 7.
///
/// @param parameters of one rank before replicas share them
/// @param weightBytes of a weight
/// @param gradientBytes of a gradient
/// @param replicas in the data-parallel group
public record DataParallelVolume(double parameters, int weightBytes, int gradientBytes, int replicas) {
    public double sentBytes(ZeroStage stage) {
        double bytesPerParameter = switch (stage) {
            case ZERO_0 -> 2 * gradientBytes;
            case ZERO_1, ZERO_2 -> gradientBytes + weightBytes;
            case ZERO_3 -> gradientBytes + 2 * weightBytes;
        };
        return bytesPerParameter * parameters * (replicas - 1) / replicas;
    }
}
