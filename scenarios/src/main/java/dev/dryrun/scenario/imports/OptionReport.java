// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import dev.dryrun.hardware.catalog.Position;

/// One option of an imported file and what became of it.
///
/// @param at where it stands
/// @param option as the file writes it: `--num-layers`, `parallelism.tensor_parallel_degree`
/// @param value as written, variables filled in; empty for a flag
/// @param effect what became of it
/// @param note where it went (`model.layers`), or why it is not modelled and what the scenario says instead
public record OptionReport(Position at, String option, String value, Effect effect, String note) {}
