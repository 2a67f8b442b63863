// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import dev.dryrun.hardware.accelerator.Calibration;

/// How well a prediction is supported, the best first.
public enum Grade {
    A("kernels measured on this accelerator, and runs measured close by"),
    B("kernels measured on this accelerator, no run close by"),
    C("kernels of a relative of this accelerator"),
    D("the accelerator's data sheet only");

    /// Distance within which a run is close by: as far as another accelerator or another line of software is.
    static final double CLOSE = 1;

    private final String words;

    Grade(String words) {
        this.words = words;
    }

    static Grade of(Calibration.Evidence kernels, double nearestDistance) {
        return switch (kernels) {
            case OWN_KERNELS -> nearestDistance <= CLOSE ? A : B;
            case RELATIVE -> C;
            case DATA_SHEET -> D;
        };
    }

    /// Whether a machine may be ranked among others by such a prediction.
    public boolean supportsRanking() {
        return this != D;
    }

    /// What it means.
    public String words() {
        return words;
    }
}
