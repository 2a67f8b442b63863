// SPDX-License-Identifier: Apache-2.0
/// Predictions beside published training runs: the `validate` command and what it prints.
@NullMarked
package dev.dryrun.validation.published;

import org.jspecify.annotations.NullMarked;
