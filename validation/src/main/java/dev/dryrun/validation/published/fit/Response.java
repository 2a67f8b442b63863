// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.fit;

/// How much longer a job takes where one parameter is moved from the catalog's value: the parabola through up to three
/// simulations, a straight line beyond them.
///
/// @param at where the jobs were simulated, in standard deviations of the prior, ascending
/// @param seconds longer there than by the catalog
record Response(double[] at, double[] seconds) {
    Response {
        at = at.clone();
        seconds = seconds.clone();
    }

    double secondsAt(double standard) {
        int last = at.length - 1;
        if (standard < at[0]) {
            return seconds[0] + slope(at[0]) * (standard - at[0]);
        }
        if (standard > at[last]) {
            return seconds[last] + slope(at[last]) * (standard - at[last]);
        }
        return inside(standard);
    }

    /// Newton's form of the polynomial through the points.
    private double inside(double x) {
        double first = (seconds[1] - seconds[0]) / (at[1] - at[0]);
        double value = seconds[0] + first * (x - at[0]);
        return at.length == 2 ? value : value + second() * (x - at[0]) * (x - at[1]);
    }

    private double slope(double x) {
        double first = (seconds[1] - seconds[0]) / (at[1] - at[0]);
        return at.length == 2 ? first : first + second() * (2 * x - at[0] - at[1]);
    }

    private double second() {
        double first = (seconds[1] - seconds[0]) / (at[1] - at[0]);
        return ((seconds[2] - seconds[1]) / (at[2] - at[1]) - first) / (at[2] - at[0]);
    }
}
