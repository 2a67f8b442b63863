// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.accelerator;

import dev.dryrun.hardware.catalog.Figure;

/// A limit of power below that of the data sheet, and what it takes from matrix products and attention.
///
///     sustained rate = min(burst rate, sustained rate of the sheet * (P / P sheet)^a)
///
/// The power of switching goes with clock times voltage squared. A chip near its highest clock lowers the voltage with
/// the clock, and the rate goes with the cube root of what switching may draw; one held far below it is at its lowest
/// voltage, and the rate goes with the power itself. a is 1 for Blackwell (`power_exponent`), whose parts at 1,000,
/// 1,200 and 1,400 W keep up rates in that proportion. Elsewhere it is 0.4, a prior: the cube root where a sixth of the
/// limit is drawn at rest.
///
/// Kernels that wait for memory keep their speed.
///
/// @param watts the limit
public record PowerCap(double watts) {
    private static final double NEAR_THE_HIGHEST_CLOCK = 0.4;

    /// Below this share of the sheet's power nothing is known, and drivers refuse.
    private static final double LOWEST_SHARE = 0.25;

    public PowerCap {
        if (!(watts > 0)) {
            throw new IllegalArgumentException("a limit of power is positive, not " + watts + " W");
        }
    }

    /// What is wrong with this cap on an accelerator, in words that follow "must"; empty where it can be.
    public String fault(Accelerator accelerator) {
        Figure sheet = accelerator.figures().get("power");
        if (sheet == null) {
            return "be left out: the catalog does not know the power of " + accelerator.name();
        }
        return watts > sheet.value() || watts < LOWEST_SHARE * sheet.value()
                ? "be between %.0f and %.0f W on %s"
                        .formatted(LOWEST_SHARE * sheet.value(), sheet.value(), accelerator.name())
                : "";
    }

    /// The same part under this limit.
    public Accelerator on(Accelerator accelerator) {
        String fault = fault(accelerator);
        Figure sheet = accelerator.figures().get("power");
        if (!fault.isEmpty() || sheet == null) {
            throw new IllegalArgumentException("a power cap of %s W must %s".formatted(watts, fault));
        }
        Figure known = accelerator.figures().get("power_exponent");
        double exponent = known == null ? NEAR_THE_HIGHEST_CLOCK : known.value();
        double speed = Math.pow(watts / sheet.value(), exponent);
        GemmCalibration gemm = accelerator.gemm();
        return accelerator
                .withGemm(gemm.withClock(speed))
                .calibrated(accelerator.calibration(), accelerator.attention().slowed(speed));
    }
}
