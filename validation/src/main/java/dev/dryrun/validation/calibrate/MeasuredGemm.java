// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate;

import dev.dryrun.hardware.kernel.Gemm;

/// A matrix product somebody timed.
///
/// @param operation what the source calls the layer, or the layout
record MeasuredGemm(String file, String operation, Gemm gemm, double seconds) {
    double flopsPerSecond() {
        return gemm.flops() / seconds;
    }
}
