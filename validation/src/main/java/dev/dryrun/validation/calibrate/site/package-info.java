// SPDX-License-Identifier: Apache-2.0
/// Calibration to one machine room: which node its benchmarks ran on, the few constants that they identify, drawn to
/// those of the catalog, what is left of the errors, and the site file.
@NullMarked
package dev.dryrun.validation.calibrate.site;

import org.jspecify.annotations.NullMarked;
