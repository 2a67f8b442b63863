// SPDX-License-Identifier: Apache-2.0
/// What measured runs say about a prediction: its interval, its grade, and the runs that lie nearest to it.
///
/// [ResidualTable] holds the errors of the published runs, [Spread] says how large errors are for a job like this one,
/// [EvidenceBase] puts both together. How and why stands in `docs/models/intervals.md`.
@NullMarked
package dev.dryrun.scenario.evidence;

import org.jspecify.annotations.NullMarked;
