// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.Locale;

/// Numbers as they are written in files: decimal with optional exponent.
final class Numbers {
    /// Integers up to here are exact in a double.
    static final double LARGEST_EXACT = 0x1p53;

    private Numbers() {}

    /// The value; NaN where the text is no number in decimal notation.
    static double parse(String text) {
        for (int i = 0; i < text.length(); i++) {
            if ("+-.eE0123456789".indexOf(text.charAt(i)) < 0) {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /// A number as people write it: no exponent and no point where it is a whole number of up to 15 digits.
    static String show(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) {
            return String.format(Locale.ROOT, "%d", (long) value);
        }
        return Double.toString(value);
    }
}
