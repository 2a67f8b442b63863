// SPDX-License-Identifier: Apache-2.0

/// Calibration to the device at hand: `dryrun calibrate device` trains small probes for real, fits the accelerator, the
/// stack and the links to the times of their kernels and collectives, and writes entries of a catalog.
@NullMarked
package dev.dryrun.validation.calibrate.device;

import org.jspecify.annotations.NullMarked;
