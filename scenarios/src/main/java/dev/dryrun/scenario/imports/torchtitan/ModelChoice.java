// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.torchtitan;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.imports.settings.Reading;
import dev.dryrun.scenario.imports.settings.Settings;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// The model by its name and flavor.
final class ModelChoice {
    private static final String NAME = "model.name";
    private static final String FLAVOR = "model.flavor";
    /// Flavors that differ from another in how attention is computed, which is a matter of the stack.
    private static final List<String> VARIANTS =
            List.of("_flex_attn", "_varlen_attn", "_flex", "_varlen", "_irope", "_fused_qkv");

    /// Read when the first file is.
    private static final class Table {
        static final Flavors FLAVORS = new Flavors();
    }

    private ModelChoice() {}

    /// Puts the model into the draft and returns its number of layers; 0 where it is unknown.
    static long read(Reading reading) {
        Settings settings = reading.settings();
        String name = settings.text(NAME, "llama3");
        var flavors = Table.FLAVORS.models().get(name);
        if (flavors == null) {
            reading.fates().notModelled(NAME, "unknown model: give one of the catalog");
            reading.fates().notModelled(FLAVOR, "unknown model: give one of the catalog");
            return 0;
        }
        String flavor = settings.text(FLAVOR, "debugmodel");
        Map<String, Object> model = flavors.get(base(flavor, flavors));
        if (model == null) {
            settings.wrong(
                    FLAVOR,
                    "must be a flavor of " + name + ": " + String.join(", ", flavors.keySet()),
                    Nearest.quoted(flavor, flavors.keySet()));
            return 0;
        }
        if (!model.containsKey("")) {
            reading.draft().set("model.name", name + "-" + flavor, settings.at(FLAVOR), FLAVOR);
            reading.draft().set("model.vocabulary_multiple", 1L, settings.at(FLAVOR), "torchtitan does not pad it");
        }
        String remark = settings.has(FLAVOR) ? FLAVOR : "default of " + FLAVOR;
        model.forEach((key, value) ->
                reading.draft().set(key.isEmpty() ? "model" : "model." + key, value, settings.at(FLAVOR), remark));
        if (settings.has(NAME)) {
            reading.fates().modelled(NAME, "model");
        }
        if (settings.has(FLAVOR)) {
            reading.fates().modelled(FLAVOR, "model");
        }
        return layers(model);
    }

    private static String base(String flavor, SequencedMap<String, Map<String, Object>> flavors) {
        for (String variant : VARIANTS) {
            if (!flavors.containsKey(flavor) && flavor.endsWith(variant)) {
                return flavor.substring(0, flavor.length() - variant.length());
            }
        }
        return flavor;
    }

    private static long layers(Map<String, Object> model) {
        if (model.get("layers") instanceof Long layers) {
            return layers;
        }
        Document found = new Catalog(List.of()).find("models", String.valueOf(model.get("")), new Problems());
        return found == null ? 0 : found.root().integer("layers", 1, 1 << 20, 1);
    }
}
