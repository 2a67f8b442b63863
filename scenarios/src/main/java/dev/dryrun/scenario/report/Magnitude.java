// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import java.util.List;
import java.util.Locale;

/// Quantities of any size as a person reads them, with three digits.
final class Magnitude {
    private static final List<String> COUNTS = List.of("", " thousand", " million", " billion", " trillion");
    private static final List<String> BYTES = List.of(" B", " KiB", " MiB", " GiB", " TiB", " PiB");
    private static final double STEP = 1024;

    private Magnitude() {}

    /// `6.74 billion`; beyond thousands of trillions with an exponent.
    static String count(double value) {
        return value >= 1e16 ? scientific(value) : scaled(value, 1000, COUNTS);
    }

    /// `12.6 GiB`.
    static String bytes(double value) {
        return scaled(value, STEP, BYTES);
    }

    /// `5.45e21`.
    static String scientific(double value) {
        return String.format(Locale.ROOT, "%.2e", value).replaceFirst("e\\+?(-?)0?(?=[0-9])", "e$1");
    }

    private static String scaled(double value, double step, List<String> units) {
        int unit = 0;
        double rest = value;
        // What would be rounded up to a step is one of the next unit.
        while (rest >= step - 0.5 && unit < units.size() - 1) {
            rest /= step;
            unit++;
        }
        boolean whole = unit == 0 && rest == Math.rint(rest);
        String digits = whole ? Long.toString((long) rest) : Amount.digits(rest);
        return digits + units.get(unit);
    }
}
