// SPDX-License-Identifier: Apache-2.0
/// What predictions are worth: step times of measured rows, errors, order of strategies, regret, memory.
@NullMarked
package dev.dryrun.validation.published.measure;

import org.jspecify.annotations.NullMarked;
