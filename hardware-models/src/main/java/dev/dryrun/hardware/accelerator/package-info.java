// SPDX-License-Identifier: Apache-2.0
/// Accelerators: what a data sheet says, and what measured kernels say of it.
@NullMarked
package dev.dryrun.hardware.accelerator;

import org.jspecify.annotations.NullMarked;
