// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import java.util.List;
import java.util.Objects;

/// The models of the project's own catalog.
public final class CatalogModels {
    private static final Catalog CATALOG = new Catalog(List.of());

    private CatalogModels() {}

    static List<String> names() {
        return CATALOG.names("models");
    }

    static Entry entry(String name) {
        return Objects.requireNonNull(CATALOG.find("models", name, new Problems()), name)
                .root();
    }

    public static ModelArchitecture read(String name) {
        Entry entry = entry(name);
        ModelArchitecture model = ModelArchitecture.read(entry);
        entry.problems().throwIfAny();
        return model;
    }

    /// A model written in a test.
    public static ModelArchitecture inline(String yaml) {
        var problems = new Problems();
        ModelArchitecture model = ModelArchitecture.read(
                Document.read("model.yaml", yaml, problems).root());
        problems.throwIfAny();
        return model;
    }

    static List<String> problemsOf(String yaml) {
        var problems = new Problems();
        ModelArchitecture.read(Document.read("model.yaml", yaml, problems).root());
        return problems.all().stream().map(Object::toString).toList();
    }
}
