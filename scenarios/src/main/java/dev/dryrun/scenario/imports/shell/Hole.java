// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

/// A part of a text that the script alone does not tell.
///
/// @param at where it stands
/// @param source what stands there: `$(nproc)`, `$NODES`
/// @param why nobody knows it, as the end of a sentence: `is not set in the script`
/// @param variable name of the variable that is not set; empty where it is something else
public record Hole(int at, String source, String why, String variable) {}
