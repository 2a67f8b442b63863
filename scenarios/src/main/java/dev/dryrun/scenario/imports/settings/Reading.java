// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.settings;

import dev.dryrun.scenario.imports.Imported;
import dev.dryrun.scenario.imports.NearestSimulated.Choice;
import dev.dryrun.scenario.imports.NearestSimulated.Spread;
import dev.dryrun.scenario.imports.ScenarioDraft;

/// A file while it is imported.
///
/// @param settings what the file says
/// @param fates what became of it
/// @param draft the scenario in the making
public record Reading(Settings settings, Fates fates, ScenarioDraft draft) {
    public Reading(Settings settings) {
        this(settings, new Fates(settings), new ScenarioDraft());
    }

    /// Puts a value into the scenario that a setting says, or that its absence means.
    public void put(String key, Object value, String name) {
        set(key, value, name);
        if (settings.has(name)) {
            fates.modelled(name, key);
        }
    }

    /// Puts the nearest that is simulated into the scenario.
    public void putNearest(String key, Choice nearest, String name) {
        set(key, nearest.value(), name);
        fates.nearest(name, key, nearest);
    }

    /// Puts a degree of more than one rank into the scenario.
    public void putSpread(Spread spread, long ranks, String name) {
        put(spread.key(), ranks, name);
    }

    private void set(String key, Object value, String name) {
        draft.set(key, value, settings.at(name), settings.has(name) ? name : "default of " + name);
    }

    public Imported done(KnownSettings known) {
        return new Imported(draft, fates.reports(known));
    }
}
