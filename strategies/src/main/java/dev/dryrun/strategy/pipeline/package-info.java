// SPDX-License-Identifier: Apache-2.0
/// Pipeline schedules: the order in which a stage runs its passes.
@NullMarked
package dev.dryrun.strategy.pipeline;

import org.jspecify.annotations.NullMarked;
