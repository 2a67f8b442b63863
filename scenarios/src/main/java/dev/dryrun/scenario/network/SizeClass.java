// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

/// Ranges of sizes of a collective, in which different terms make the time, and how far predictions err there.
///
/// Standard deviations of ln(predicted / measured) on 37 systems whose classes have data, from the fit that the
/// catalog's constants come from (2026-06). They are skewed: real libraries leave a protocol late, which the quickest
/// of several never does.
public enum SizeClass {
    SMALL("< 8 KiB", 0, 0.14),
    MIDDLE("8 KiB to 1 MiB", 1 << 13, 0.22),
    LARGE("1 to 16 MiB", 1 << 20, 0.26),
    LARGER("16 to 256 MiB", 1 << 24, 0.18),
    LARGEST(">= 256 MiB", 1 << 28, 0.08);

    private final String title;
    private final double fromBytes;
    private final double deviation;

    SizeClass(String title, double fromBytes, double deviation) {
        this.title = title;
        this.fromBytes = fromBytes;
        this.deviation = deviation;
    }

    public String title() {
        return title;
    }

    /// Standard deviation of the logarithm of a predicted time.
    public double deviation() {
        return deviation;
    }

    /// The class of a size.
    public static SizeClass of(double bytes) {
        SizeClass found = SMALL;
        for (SizeClass one : values()) {
            found = bytes >= one.fromBytes ? one : found;
        }
        return found;
    }
}
