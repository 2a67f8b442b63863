// SPDX-License-Identifier: Apache-2.0
/// Prediction intervals of measured rows, how many of them hold the measured time, and the table they are derived from.
@NullMarked
package dev.dryrun.validation.published.interval;

import org.jspecify.annotations.NullMarked;
