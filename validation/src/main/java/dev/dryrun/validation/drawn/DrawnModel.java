// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.drawn;

import java.util.List;

/// What parameters predict, and what is known of them before anything is measured.
public interface DrawnModel {
    int parameters();

    /// Predictions by row, of each of several sets of parameters.
    double[][] at(List<double[]> sets);

    /// Predictions by row.
    default double[] at(double[] set) {
        return at(List.of(set))[0];
    }

    /// What a parameter is drawn to, where all have these values.
    double drawnTo(double[] set, int parameter);

    /// Standard deviation of what draws it.
    double spread(int parameter);
}
