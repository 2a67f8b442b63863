// SPDX-License-Identifier: Apache-2.0
/// Predictions beside trainings of this machine: `dryrun validate --live` predicts small jobs that no constant was
/// fitted to, trains each of them twice, and shows how far off the predictions are.
///
/// [LivePlan][dev.dryrun.validation.live.LivePlan] has the jobs, [LiveScore][dev.dryrun.validation.live.LiveScore] the
/// measures.
@NullMarked
package dev.dryrun.validation.live;

import org.jspecify.annotations.NullMarked;
