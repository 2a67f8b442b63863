// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.runs;

import dev.dryrun.hardware.kernel.Gemm;

/// A matrix product that the user timed.
public record TimedProduct(Gemm gemm, double seconds) {}
