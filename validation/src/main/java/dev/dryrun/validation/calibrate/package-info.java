// SPDX-License-Identifier: Apache-2.0
/// Fitting of the kernel cost models to measured kernels, and the writing of the result into the catalog.
///
/// `KernelCalibration` reads public kernel timings, fits one accelerator after the other by the shapes that are not
/// held out, prints residuals and, when asked, writes the numbers with their provenance. Run again, it gives the same
/// numbers.
@NullMarked
package dev.dryrun.validation.calibrate;

import org.jspecify.annotations.NullMarked;
