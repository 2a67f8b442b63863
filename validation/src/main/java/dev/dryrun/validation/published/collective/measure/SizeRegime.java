// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.measure;

/// Ranges of sizes that are judged apart, as different terms make the time: latency, protocols, bandwidth.
public enum SizeRegime {
    SMALL("< 8 KiB", 0),
    MIDDLE("8 KiB to 1 MiB", 8 << 10),
    LARGE(">= 1 MiB", 1 << 20);

    private final String title;
    private final double fromBytes;

    SizeRegime(String title, double fromBytes) {
        this.title = title;
        this.fromBytes = fromBytes;
    }

    public String title() {
        return title;
    }

    /// The regime of a size.
    public static SizeRegime of(double bytes) {
        return bytes >= LARGE.fromBytes ? LARGE : bytes >= MIDDLE.fromBytes ? MIDDLE : SMALL;
    }
}
