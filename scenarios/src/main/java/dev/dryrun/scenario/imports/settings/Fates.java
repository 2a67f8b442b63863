// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.settings;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.scenario.imports.Effect;
import dev.dryrun.scenario.imports.NearestSimulated.Choice;
import dev.dryrun.scenario.imports.OptionReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What became of each setting of a file, as its importer found out.
public final class Fates {
    /// An effect with its reason or its place in the scenario.
    record Fate(Effect effect, String note) {}

    private final Settings settings;
    private final Map<String, Fate> told = new LinkedHashMap<>();
    private final List<OptionReport> absent = new ArrayList<>();

    public Fates(Settings settings) {
        this.settings = settings;
    }

    /// The setting is part of the scenario, at a key or as a note says.
    public void modelled(String name, String note) {
        tell(name, new Fate(Effect.MODELLED, note));
    }

    public void noEffect(String name, String note) {
        tell(name, new Fate(Effect.NO_EFFECT_ON_TIME, note));
    }

    public void notModelled(String name, String note) {
        tell(name, new Fate(Effect.NOT_MODELLED, note));
    }

    /// What was written became the nearest that is simulated, at a key of the scenario. Where the setting is absent and
    /// its default is what has no equal, that is reported too.
    public void nearest(String name, String key, Choice nearest) {
        if (nearest.gap().isEmpty()) {
            modelled(name, key);
            return;
        }
        String note = "simulated as " + key + ": " + nearest.value() + "; " + nearest.gap();
        if (settings.has(name)) {
            notModelled(name, note);
        } else {
            absent(name, note);
        }
    }

    /// A setting that is not there, but whose default changes time or memory and has no equal in the scenario.
    public void absent(String name, String note) {
        Position at = settings.at(name);
        absent.add(new OptionReport(at, name, "", Effect.NOT_MODELLED, "by default: " + note));
    }

    private void tell(String name, Fate fate) {
        told.merge(name, fate, Fates::both);
    }

    /// A second word on a setting does not soften the first: what is not modelled stays so.
    private static Fate both(Fate first, Fate second) {
        if (first.effect() != second.effect()) {
            return first.effect() == Effect.NOT_MODELLED ? first : second;
        }
        return first.equals(second) ? first : new Fate(first.effect(), first.note() + ", " + second.note());
    }

    /// Every setting in the order of the file, then defaults that matter.
    public List<OptionReport> reports(KnownSettings known) {
        List<OptionReport> reports = new ArrayList<>();
        for (Setting setting : settings.all()) {
            Fate fate = told.get(setting.name());
            if (fate == null) {
                fate = known.fate(setting, settings);
            }
            reports.add(new OptionReport(setting.at(), setting.name(), setting.written(), fate.effect(), fate.note()));
        }
        reports.addAll(absent);
        return List.copyOf(reports);
    }
}
