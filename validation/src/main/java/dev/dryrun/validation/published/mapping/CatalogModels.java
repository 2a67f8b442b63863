// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.strategy.model.ModelArchitecture;
import dev.dryrun.validation.published.table.Column;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Models of the catalog, by what rows call them.
///
/// Names are compared by letters and digits alone, and words behind a name do not count: `Grok-1 proxy (2 layers)` is
/// `grok-1`, `Llama-2-70B LoRA` is `llama2-70b`.
public final class CatalogModels {
    private static final String KIND = "models";
    private static final String LAYERS = "layers";
    private static final int MAX_LAYERS = 10_000;

    private final Catalog catalog;

    /// Letters and digits of a name to the name.
    private final Map<String, String> names = new HashMap<>();

    /// @param catalog where models come from
    public CatalogModels(Catalog catalog) {
        this.catalog = catalog;
        for (String name : catalog.names(KIND)) {
            names.put(bare(name), name);
        }
    }

    /// Catalog name of the model that goes by the longest beginning of a row's words; null where none does.
    public @Nullable String named(String model) {
        String[] words = model.split("[^A-Za-z0-9]+", -1);
        String found = null;
        var beginning = new StringBuilder();
        for (String word : words) {
            beginning.append(bare(word));
            found = names.getOrDefault(beginning.toString(), found);
        }
        return found;
    }

    /// The model that a row names, with as many layers as the row has. Dimensions that the row states and that are
    /// others stand in its way.
    @Nullable
    ModelArchitecture read(Reading reading) {
        String name = named(reading.run().text(Column.MODEL));
        Document whole = name == null ? null : find(name);
        if (whole == null) {
            reading.obstruct("no model of the catalog for \"" + reading.run().text(Column.MODEL) + "\"");
            return null;
        }
        Dimensions.of(whole.root()).check(reading, whole.name());
        var problems = new Problems();
        OptionalLong layers = reading.run().count(Column.LAYERS);
        Document cut = whole;
        if (layers.isPresent() && layers.getAsLong() <= MAX_LAYERS) {
            cut = Document.read(reading.run().id(), LAYERS + ": " + layers.getAsLong(), problems)
                    .over(whole);
        }
        ModelArchitecture model = ModelArchitecture.read(cut.root());
        if (problems.count() > 0) {
            reading.obstruct("layers that " + name + " cannot have");
            return null;
        }
        reading.assume("model " + name + " of the catalog");
        return model;
    }

    /// A model with some of its layers; null where it cannot have so many.
    ///
    /// @param name of the catalog
    public @Nullable ModelArchitecture cut(String name, int layers) {
        var problems = new Problems();
        Document whole = catalog.find(KIND, name, problems);
        problems.throwIfAny();
        if (whole == null) {
            return null;
        }
        ModelArchitecture model = ModelArchitecture.read(Document.read(name, LAYERS + ": " + layers, problems)
                .over(whole)
                .root());
        return problems.count() > 0 ? null : model;
    }

    /// A dimension of a model, by its key in the catalog; empty where there is no such model or key.
    OptionalLong dimension(String model, String key) {
        String name = named(model);
        Document document = name == null ? null : find(name);
        return document == null || !document.root().has(key)
                ? OptionalLong.empty()
                : OptionalLong.of(document.root().integer(key, 1, Integer.MAX_VALUE));
    }

    private @Nullable Document find(String name) {
        var problems = new Problems();
        Document document = catalog.find(KIND, name, problems);
        problems.throwIfAny();
        return document;
    }

    private static String bare(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}
