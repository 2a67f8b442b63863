// SPDX-License-Identifier: Apache-2.0
/// A user's own past runs and matrix products, fitted into entries of a catalog of their own.
@NullMarked
package dev.dryrun.validation.calibrate.runs;

import org.jspecify.annotations.NullMarked;
