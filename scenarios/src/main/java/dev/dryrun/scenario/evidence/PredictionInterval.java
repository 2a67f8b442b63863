// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

/// Bounds between which the measured time of a step is expected.
///
/// @param level share of runs for which it is
/// @param lowSeconds shortest time
/// @param highSeconds longest time
public record PredictionInterval(double level, double lowSeconds, double highSeconds) {
    static PredictionInterval around(double seconds, double halfWidth) {
        return new PredictionInterval(
                ConformalRule.LEVEL, seconds * Math.exp(-halfWidth), seconds * Math.exp(halfWidth));
    }
}
