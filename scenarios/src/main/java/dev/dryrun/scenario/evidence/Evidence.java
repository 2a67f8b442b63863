// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import java.util.List;

/// What supports a prediction.
///
/// @param grade how well it is supported
/// @param interval of the time of the step
/// @param nearest the measured runs that are most alike, the nearest first
/// @param extrapolated in what the job lies outside of all measured runs
public record Evidence(Grade grade, PredictionInterval interval, List<Near> nearest, List<String> extrapolated) {
    public Evidence {
        nearest = List.copyOf(nearest);
        extrapolated = List.copyOf(extrapolated);
    }

    /// A measured run.
    ///
    /// @param run with its error
    /// @param distance how unlike the jobs are
    public record Near(Residual run, double distance) {}
}
