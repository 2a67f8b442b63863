// SPDX-License-Identifier: Apache-2.0
/// Files of named settings, such as JSON and TOML, and what became of each setting.
///
/// [Settings][dev.dryrun.scenario.imports.settings.Settings] is such a file, flat and in order. An importer reads from
/// it and says in [Fates][dev.dryrun.scenario.imports.settings.Fates] what became of what it read; of the rest a table
/// says so, [KnownSettings][dev.dryrun.scenario.imports.settings.KnownSettings].
@NullMarked
package dev.dryrun.scenario.imports.settings;

import org.jspecify.annotations.NullMarked;
