// SPDX-License-Identifier: Apache-2.0
/// A training job: model, cluster, training, strategy, software stack and site; what is simulated.
@NullMarked
package dev.dryrun.strategy.job;

import org.jspecify.annotations.NullMarked;
