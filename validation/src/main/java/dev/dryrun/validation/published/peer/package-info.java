// SPDX-License-Identifier: Apache-2.0
/// Predictions of other simulators on measured rows, judged with the same measures as ours.
@NullMarked
package dev.dryrun.validation.published.peer;

import org.jspecify.annotations.NullMarked;
