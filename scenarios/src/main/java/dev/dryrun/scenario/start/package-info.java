// SPDX-License-Identifier: Apache-2.0
/// The first scenario of a job: what has to be known ([Field]), asked of a person ([Interview]) or given as options, a
/// strategy that fits ([StartingStrategy]), and the commented file ([dev.dryrun.scenario.imports.DraftYaml]).
@NullMarked
package dev.dryrun.scenario.start;

import org.jspecify.annotations.NullMarked;
