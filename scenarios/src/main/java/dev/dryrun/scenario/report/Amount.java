// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import java.util.Locale;

/// Numbers as a person reads them: three significant digits, the unit that fits.
public final class Amount {
    private static final double GIB = 0x1p30;

    private Amount() {}

    public static String seconds(double seconds) {
        if (seconds >= 1 || seconds == 0) {
            return digits(seconds) + " s";
        }
        return seconds >= 1e-3 ? digits(seconds * 1e3) + " ms" : digits(seconds * 1e6) + " us";
    }

    static String gibibytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f GiB", bytes / GIB);
    }

    /// Bytes in the largest binary unit that they fill: `8 KiB`, `1.50 MiB`.
    static String binaryBytes(double bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        String digits = value == Math.rint(value) ? String.format(Locale.ROOT, "%.0f", value) : digits(value);
        return digits + " " + units[unit];
    }

    /// A large count as people say it: `6.74 B`, `124 M`.
    static String count(double value) {
        double size = Math.abs(value);
        if (size >= 1e12) {
            return digits(value / 1e12) + " T";
        }
        return size >= 1e9 ? digits(value / 1e9) + " B" : size >= 1e6 ? digits(value / 1e6) + " M" : digits(value);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }

    /// With thousands separated from 10,000 up.
    static String digits(double value) {
        double size = Math.abs(value);
        if (size >= 10_000) {
            return String.format(Locale.ROOT, "%,d", Math.round(value));
        }
        String format = size >= 100 || size == 0 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, format, value);
    }
}
