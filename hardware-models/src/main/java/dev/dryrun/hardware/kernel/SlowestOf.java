// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.kernel;

/// Speed of the slowest of N equal accelerators, as a share of the average one.
///
/// Speeds are normal with relative standard deviation sigma. The expected smallest of N draws is
///
///     1 - sigma z,    z = Phi^-1((N - 3/8) / (N + 1/4))
///
/// Source: Blom, Statistical Estimates and Transformed Beta-Variables, Wiley 1958, chapter 6 (alpha = 3/8); one part in
/// a hundred of z for every N up to a few hundred thousand.
public final class SlowestOf {
    private SlowestOf() {}

    /// Share of the average speed that N accelerators working in step run at.
    public static double speed(double sigma, int accelerators) {
        if (accelerators < 1) {
            throw new IllegalArgumentException("slowest of %d accelerators".formatted(accelerators));
        }
        return 1 - sigma * NormalQuantile.at((accelerators - 0.375) / (accelerators + 0.25));
    }
}
