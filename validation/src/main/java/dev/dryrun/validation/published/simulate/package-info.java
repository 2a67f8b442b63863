// SPDX-License-Identifier: Apache-2.0
/// The simulator that `validate` judges: jobs made of catalog entries, their steps and their memory.
@NullMarked
package dev.dryrun.validation.published.simulate;

import org.jspecify.annotations.NullMarked;
