// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

/// Parameters and tokens that make the best model of a compute budget.
///
///     D = 20 P,   C = 6 P D = 120 P^2,   P = sqrt(C / 120)
///
/// Source: Hoffmann et al., 2022, arXiv:2203.15556, table 3, in which tokens per parameter grow from 20.0 at 4e8
/// parameters to 22.4 at 6.7e10; 20 is the rounded rule. Best is meant for training alone: who will serve the model
/// often trains a smaller one for longer.
///
/// @param parameters of the model
/// @param tokens of the training
public record ComputeOptimal(double parameters, double tokens) {
    private static final double TOKENS_PER_PARAMETER = 20;

    /// The best model for so many FLOPs.
    public static ComputeOptimal forFlops(double flops) {
        return forParameters(Math.sqrt(flops / new TrainingFlops(1, TOKENS_PER_PARAMETER).total()));
    }

    /// The training for which a model of that size is the best.
    public static ComputeOptimal forParameters(double parameters) {
        return new ComputeOptimal(parameters, TOKENS_PER_PARAMETER * parameters);
    }
}
