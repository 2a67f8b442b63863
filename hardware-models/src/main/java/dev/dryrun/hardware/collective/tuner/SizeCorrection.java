// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective.tuner;

/// Factors of a bandwidth by size: the first for 64 bytes, then for each doubling; 1 outside of the list.
final class SizeCorrection {
    private static final int FIRST_BYTES = 64;

    private SizeCorrection() {}

    static double factor(double[] factors, double bytes) {
        if (bytes < FIRST_BYTES) {
            return 1;
        }
        int doublings = Math.getExponent(bytes / FIRST_BYTES);
        return doublings < factors.length ? factors[doublings] : 1;
    }
}
