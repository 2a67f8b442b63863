// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.estimate;

/// FLOPs of a whole training by the rule of thumb.
///
///     C = 6 P D       2 P D forward, 4 P D backward
///
/// P parameters (those that a token passes through), D tokens. Attention's part that grows with the length of the
/// sequence is left out, and the embedding, which multiplies nothing, is counted. Source: Kaplan et al., 2020,
/// arXiv:2001.08361, section 2.1; Hoffmann et al., 2022, arXiv:2203.15556, section 3.
///
/// @param parameters that a token passes through
/// @param tokens of the training
public record TrainingFlops(double parameters, double tokens) {
    private static final double PER_PARAMETER_AND_TOKEN = 6;

    public TrainingFlops {
        if (!(parameters > 0) || !(tokens > 0)) {
            throw new IllegalArgumentException(
                    "parameters " + parameters + " and tokens " + tokens + " must both be positive");
        }
    }

    /// The training that so many FLOPs are enough for: D = C / 6 P.
    public static TrainingFlops within(double flops, double parameters) {
        return new TrainingFlops(parameters, flops / (PER_PARAMETER_AND_TOKEN * parameters));
    }

    public double perToken() {
        return PER_PARAMETER_AND_TOKEN * parameters;
    }

    public double total() {
        return perToken() * tokens;
    }
}
