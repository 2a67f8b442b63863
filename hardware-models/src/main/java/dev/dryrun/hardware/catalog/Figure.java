// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

/// A value of the catalog with its provenance.
///
/// @param value in the unit in which it was asked for
/// @param source who says so: a document, or the file and program of a fit; empty where the entry gives one for all
/// @param date of the source, year first; empty where the entry gives one for all
/// @param status what kind of fact it is
public record Figure(double value, String source, String date, Status status) {
    /// How far a figure can be trusted.
    public enum Status {
        /// Measured, by the source.
        MEASURED,
        /// Printed by the vendor.
        DATA_SHEET,
        /// From a document that nobody has checked.
        UNVERIFIED,
        /// Fitted on measured kernels or collectives.
        FITTED,
        /// Fitted on whole training runs, because no smaller measurement could give it.
        FITTED_ON_RUNS,
        /// An educated guess.
        PRIOR
    }
}
