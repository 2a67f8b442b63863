// SPDX-License-Identifier: Apache-2.0
/// Calibration to traces of the PyTorch profiler: the rates of an accelerator's matrix products as they ran in steps.
@NullMarked
package dev.dryrun.validation.calibrate.trace;

import org.jspecify.annotations.NullMarked;
