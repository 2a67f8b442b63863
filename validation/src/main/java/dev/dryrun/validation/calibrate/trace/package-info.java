// SPDX-License-Identifier: Apache-2.0
/// Calibration to traces of the PyTorch profiler: the rates of an accelerator's matrix products as they ran in steps,
/// what share of the peak a stack's fused attention reaches and what its host takes to issue a kernel. Collectives are
/// held against the catalog.
@NullMarked
package dev.dryrun.validation.calibrate.trace;

import org.jspecify.annotations.NullMarked;
