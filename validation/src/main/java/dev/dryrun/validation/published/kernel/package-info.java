// SPDX-License-Identifier: Apache-2.0
/// Predictions beside measured kernels: what `validate --kernels` does.
@NullMarked
package dev.dryrun.validation.published.kernel;

import org.jspecify.annotations.NullMarked;
