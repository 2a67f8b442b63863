// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.collective;

import dev.dryrun.validation.published.collective.mapping.CollectiveConstants;

/// The constants that a fit looks for, as logarithms of their values in SI units.
///
/// @param <C> what a set of values becomes
public interface Unknowns<C extends CollectiveConstants> {
    int count();

    /// Standard deviation, in the logarithm, of what a constant is drawn to.
    double spread(int constant);

    /// What a constant is drawn to, as logarithm, where all have these values.
    double drawnTo(double[] logarithms, int constant);

    /// The models with these values.
    C at(double[] logarithms);
}
