// SPDX-License-Identifier: Apache-2.0
/// Predictions beside published sweeps of collectives: what `validate --collectives` does.
@NullMarked
package dev.dryrun.validation.published.collective;

import org.jspecify.annotations.NullMarked;
