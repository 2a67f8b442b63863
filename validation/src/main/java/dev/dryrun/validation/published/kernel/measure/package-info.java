// SPDX-License-Identifier: Apache-2.0
/// Predicts measured kernels and judges the predictions by accelerator, kind and duration.
@NullMarked
package dev.dryrun.validation.published.kernel.measure;

import org.jspecify.annotations.NullMarked;
