// SPDX-License-Identifier: Apache-2.0
/// Completion of the command line in shells: what can be written where ([CommandWords]), and a script that says so for
/// each [Shell].
@NullMarked
package dev.dryrun.scenario.completion;

import org.jspecify.annotations.NullMarked;
