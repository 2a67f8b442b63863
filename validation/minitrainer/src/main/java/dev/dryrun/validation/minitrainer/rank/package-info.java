// SPDX-License-Identifier: Apache-2.0
/// One rank: its share of the model, its passes in the order of the pipeline schedule, its steps.
@NullMarked
package dev.dryrun.validation.minitrainer.rank;

import org.jspecify.annotations.NullMarked;
