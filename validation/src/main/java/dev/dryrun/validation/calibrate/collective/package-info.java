// SPDX-License-Identifier: Apache-2.0
/// Fitting of the constants of collectives to measured sweeps: what each is, what it is drawn to, how well the rows pin
/// it, and what is left of the error where a whole class of machines is kept out of the fit.
@NullMarked
package dev.dryrun.validation.calibrate.collective;

import org.jspecify.annotations.NullMarked;
