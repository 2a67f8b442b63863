// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

/// How long a kernel was measured to take.
public enum TimeRegime {
    UNDER_10_US("< 10 us", 10e-6),
    UNDER_100_US("10-100 us", 100e-6),
    UNDER_1_MS("0.1-1 ms", 1e-3),
    ABOVE("> 1 ms", Double.POSITIVE_INFINITY);

    private final String title;
    private final double belowSeconds;

    TimeRegime(String title, double belowSeconds) {
        this.title = title;
        this.belowSeconds = belowSeconds;
    }

    public String title() {
        return title;
    }

    static TimeRegime of(double seconds) {
        for (TimeRegime regime : values()) {
            if (seconds < regime.belowSeconds) {
                return regime;
            }
        }
        throw new IllegalArgumentException("no kernel takes " + seconds + " s");
    }
}
