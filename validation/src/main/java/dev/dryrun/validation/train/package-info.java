// SPDX-License-Identifier: Apache-2.0
/// Training for real: `dryrun train`, what a scenario may ask of it, and what is measured.
///
/// The trainer itself needs libtorch and is a module of its own, found by `ServiceLoader` as a [Trainer].
@NullMarked
package dev.dryrun.validation.train;

import org.jspecify.annotations.NullMarked;
