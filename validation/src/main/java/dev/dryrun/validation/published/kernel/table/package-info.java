// SPDX-License-Identifier: Apache-2.0
/// Tables of measured kernels in the forms in which they are published.
@NullMarked
package dev.dryrun.validation.published.kernel.table;

import org.jspecify.annotations.NullMarked;
