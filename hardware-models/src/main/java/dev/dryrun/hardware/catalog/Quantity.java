// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

/// A number with its unit, as written: `400 Gb/s`.
///
/// @param number as written
/// @param unit as written; empty where there is none
record Quantity(double number, String unit) {
    /// Takes the text apart; the number is NaN where it does not begin with one.
    static Quantity parse(String text) {
        String trimmed = text.strip();
        int end = 0;
        while (end < trimmed.length() && "+-.0123456789".indexOf(trimmed.charAt(end)) >= 0) {
            end++;
        }
        int exponent = exponentEnd(trimmed, end);
        return new Quantity(
                Numbers.parse(trimmed.substring(0, exponent)),
                trimmed.substring(exponent).strip());
    }

    /// The end of an exponent that begins at `from`, or `from` where none does (`5 EB` has none).
    private static int exponentEnd(String text, int from) {
        if (from == 0 || from >= text.length() || Character.toLowerCase(text.charAt(from)) != 'e') {
            return from;
        }
        int end = from + 1;
        if (end < text.length() && (text.charAt(end) == '+' || text.charAt(end) == '-')) {
            end++;
        }
        int digits = end;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end > digits ? end : from;
    }

    /// The value in a unit; NaN where this is none of it.
    double in(Unit wanted) {
        return number * wanted.factor(unit);
    }
}
