// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

/// The error of the prediction of one measured run.
///
/// @param id of the row
/// @param family rows of one source, whose errors are alike
/// @param source where it was published
/// @param hardware as the source names it
/// @param features of its job
/// @param logError logarithm of measured over predicted time
/// @param spreadLeftOut what [Spread] expects of it without its family
public record Residual(
        String id,
        String family,
        String source,
        String hardware,
        JobFeatures features,
        double logError,
        double spreadLeftOut) {

    /// The same with what is expected of it without its family.
    public Residual withSpread(double other) {
        return new Residual(id, family, source, hardware, features, logError, other);
    }

    /// Error of the predicted time in percent of the measured one; positive where the prediction is too slow.
    public double errorPct() {
        return 100 * Math.expm1(-logError);
    }
}
