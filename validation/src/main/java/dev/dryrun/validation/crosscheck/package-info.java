// SPDX-License-Identifier: Apache-2.0
/// What the mechanisms of the simulator explain of figures that studies of measured runs gave: how much a collective
/// that runs beside kernels still costs.
///
/// [OverlapFigures] lists them; [SharedGpu] is the accelerator on which kernels and transfers share compute units,
/// memory and links by the rule that all activities obey.
@NullMarked
package dev.dryrun.validation.crosscheck;

import org.jspecify.annotations.NullMarked;
