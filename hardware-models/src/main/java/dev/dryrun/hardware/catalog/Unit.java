// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

/// A unit in which quantities are held; files write them with any prefix.
///
/// Decimal prefixes are k, M, G, T, P, E (powers of 1000), binary ones Ki, Mi, Gi, Ti, Pi (powers of 1024);
/// B is a byte, b or bit an eighth of it.
public enum Unit {
    BYTES("80 GiB", false),
    BYTES_PER_SECOND("400 Gb/s", true),
    SECONDS("5 us", false),
    FLOPS_PER_SECOND("312 TFLOP/s", true),
    HERTZ("1410 MHz", true),
    WATTS("400 W", false),
    USD_PER_HOUR("2.50 USD/h", false);

    private final String example;
    private final boolean positive;

    Unit(String example, boolean positive) {
        this.example = example;
        this.positive = positive;
    }

    /// How a quantity of this unit may be written.
    public String example() {
        return example;
    }

    /// A quantity as people write it, such as `400 Gb/s`, in this unit; NaN where it is none.
    public double read(String written) {
        return Quantity.parse(written).in(this);
    }

    /// A regular expression for the quantities of this unit, in the common part of Java's and JavaScript's.
    public String pattern() {
        String prefix = "([kKMGTPE]|[KMGTP]i)?";
        String bytes = prefix + "(B|b|bit)";
        String unit = switch (this) {
            case BYTES -> bytes;
            case BYTES_PER_SECOND -> bytes + "/s";
            case SECONDS -> "(ns|us|\u00b5s|\u03bcs|ms|s|min|h|d)";
            case FLOPS_PER_SECOND -> prefix + "(FLOP/s|FLOPS)";
            case HERTZ -> prefix + "Hz";
            case WATTS -> prefix + "W";
            case USD_PER_HOUR -> "USD/h";
        };
        return "^\\s*\\+?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?\\s*" + unit + "\\s*$";
    }

    /// Whether zero is impossible.
    boolean positive() {
        return positive;
    }

    /// What one of the written unit is in this one; NaN where it is no such unit.
    double factor(String written) {
        return switch (this) {
            case BYTES -> bytes(written);
            case BYTES_PER_SECOND ->
                written.endsWith("/s") ? bytes(written.substring(0, written.length() - 2)) : Double.NaN;
            case SECONDS -> seconds(written);
            case FLOPS_PER_SECOND -> decimal(written, written.endsWith("/s") ? "FLOP/s" : "FLOPS");
            case HERTZ -> decimal(written, "Hz");
            case WATTS -> decimal(written, "W");
            case USD_PER_HOUR -> written.equals("USD/h") ? 1 : Double.NaN;
        };
    }

    private static double bytes(String written) {
        if (written.endsWith("B")) {
            return prefix(written.substring(0, written.length() - 1));
        }
        String bits = written.endsWith("bit") ? "bit" : "b";
        return written.endsWith(bits) ? prefix(written.substring(0, written.length() - bits.length())) / 8 : Double.NaN;
    }

    private static double seconds(String written) {
        return switch (written) {
            case "ns" -> 1e-9;
            case "us", "\u00b5s", "\u03bcs" -> 1e-6;
            case "ms" -> 1e-3;
            case "s" -> 1;
            case "min" -> 60;
            case "h" -> 3600;
            case "d" -> 86_400;
            default -> Double.NaN;
        };
    }

    private static double decimal(String written, String unit) {
        return written.endsWith(unit) ? prefix(written.substring(0, written.length() - unit.length())) : Double.NaN;
    }

    private static double prefix(String prefix) {
        return switch (prefix) {
            case "" -> 1;
            case "k", "K" -> 1e3;
            case "M" -> 1e6;
            case "G" -> 1e9;
            case "T" -> 1e12;
            case "P" -> 1e15;
            case "E" -> 1e18;
            case "Ki" -> 0x1p10;
            case "Mi" -> 0x1p20;
            case "Gi" -> 0x1p30;
            case "Ti" -> 0x1p40;
            case "Pi" -> 0x1p50;
            default -> Double.NaN;
        };
    }
}
