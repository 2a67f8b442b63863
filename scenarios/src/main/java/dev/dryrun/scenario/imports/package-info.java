// SPDX-License-Identifier: Apache-2.0
/// Scenarios made from files of other programs: launch scripts, job files, model configurations.
///
/// An [Importer] reads one kind of file into a [ScenarioDraft] and says of every option it met what became of it. The
/// list of kinds is [Importers].
@NullMarked
package dev.dryrun.scenario.imports;

import org.jspecify.annotations.NullMarked;
