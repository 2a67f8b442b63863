// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.settings;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Leaf;
import dev.dryrun.scenario.imports.ImportSource;
import java.util.ArrayList;
import java.util.List;

/// Reads settings from JSON.
public final class JsonSettings {
    private JsonSettings() {}

    /// What the file says; nothing where it is no JSON object, with problems that say why.
    public static Settings read(ImportSource source) {
        String strict = new JsonExtras(source.name(), source.text(), source.problems()).removed();
        List<Setting> settings = new ArrayList<>();
        for (Leaf leaf :
                Document.readJson(source.name(), strict, source.problems()).leaves()) {
            settings.add(new Setting(String.join(".", leaf.path()), leaf.at(), leaf.value(), leaf.text()));
        }
        return new Settings(source.name(), settings, source.problems());
    }
}
