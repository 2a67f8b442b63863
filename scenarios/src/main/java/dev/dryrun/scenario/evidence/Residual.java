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
/// @param sizeWithoutFamily of the error, as [Spread] expects it from other families
/// @param sizeWithoutRow of the error, as [Spread] expects it from all other rows
public record Residual(
        String id,
        String family,
        String source,
        String hardware,
        JobFeatures features,
        double logError,
        double sizeWithoutFamily,
        double sizeWithoutRow) {

    /// A residual of which nothing is expected yet.
    public Residual(String id, String family, String source, String hardware, JobFeatures features, double logError) {
        this(id, family, source, hardware, features, logError, 0, 0);
    }

    Residual expecting(double withoutFamily, double withoutRow) {
        return new Residual(id, family, source, hardware, features, logError, withoutFamily, withoutRow);
    }

    /// Error of the predicted time in percent of the measured one; positive where the prediction is too slow.
    public double errorPct() {
        return 100 * Math.expm1(-logError);
    }
}
