// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.strategy.model.ModelArchitecture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads scenarios (`dryrun/scenario/1`) with a catalog; everything that is wrong with one is told at once.
public final class ScenarioReader {
    /// What a scenario's key `schema` says.
    public static final String SCHEMA = "dryrun/scenario/1";

    private final Catalog catalog;

    public ScenarioReader(Catalog catalog) {
        this.catalog = catalog;
    }

    /// Reads a file and what it extends and imports.
    ///
    /// @throws InvalidInputException with everything that is wrong
    public Scenario read(Path file) {
        var problems = new Problems();
        return read(ScenarioFile.read(catalog, file, problems), problems);
    }

    /// Reads text that stands in a file of that name.
    ///
    /// @throws InvalidInputException with everything that is wrong
    public Scenario read(String name, String yamlOrJson) {
        var problems = new Problems();
        Document document = Document.read(name, yamlOrJson, problems);
        return read(ScenarioFile.extended(catalog, document, Path.of(name), problems), problems);
    }

    /// Reads text that says no more than the block `cluster` of a scenario.
    ///
    /// @throws InvalidInputException with everything that is wrong
    public ClusterAlone readCluster(String name, String yamlOrJson) {
        var problems = new Problems();
        return readCluster(Document.read(name, yamlOrJson, problems), problems);
    }

    /// Reads a file with a block `cluster`, or one that is a node as in the catalog, and what is laid over it.
    ///
    /// @param name of the other text, in messages
    /// @throws InvalidInputException with everything that is wrong
    public ClusterAlone readCluster(Path file, String name, String yamlOrJson) {
        var problems = new Problems();
        Document below = Document.read(file, problems);
        problems.throwIfAny();
        Document over = Document.read(name, yamlOrJson, problems);
        if (!below.root().has("cluster")) {
            below = below.under("cluster", "node");
            over = over.over(Document.readJson(name, "{\"cluster\": {\"nodes\": 1}}", problems));
        }
        Path here = file.toAbsolutePath().normalize();
        below = ScenarioFile.withTopology(catalog, below, file, here, problems).document();
        return readCluster(over.over(below), problems);
    }

    private ClusterAlone readCluster(Document document, Problems problems) {
        String name = document.name();
        var reader =
                new ClusterReader(new Blocks(catalog, problems), document.root().child("cluster"), new ArrayList<>());
        Cluster cluster = reader.cluster();
        List<CollectiveLibrary> libraries = reader.libraries(cluster);
        if (cluster != null && cluster.isMixed()) {
            document.root()
                    .child("cluster")
                    .problem("parts", "several parts", "cannot be here, where all nodes are equal", "one of them");
        }
        problems.throwIfAny();
        if (cluster == null || libraries == null) {
            throw new IllegalStateException("a part of " + name + " is missing, but no problem was told");
        }
        return new ClusterAlone(cluster, libraries.getFirst());
    }

    /// Reads the model of a scenario, which may lack all else, or a file that is one as in the catalog.
    ///
    /// @throws InvalidInputException with everything that is wrong
    public ModelArchitecture readModel(Path file) {
        var problems = new Problems();
        Entry root = ScenarioFile.read(catalog, file, problems).document().root();
        problems.throwIfAny();
        var blocks = new Blocks(catalog, problems);
        ModelArchitecture model;
        if (root.has("model")) {
            model = blocks.read(root, "model", "models", "extends", (name, entry) -> ModelArchitecture.read(entry));
        } else if (root.has("family")) {
            model = blocks.built(stem(file.toString()), root, (name, entry) -> ModelArchitecture.read(entry));
        } else {
            root.problem("model", "missing", "the file must have a model, or be one", "");
            model = null;
        }
        problems.throwIfAny();
        if (model == null) {
            throw new IllegalStateException(file + " has no model, but no problem was told");
        }
        return model;
    }

    /// Reads a document that came from elsewhere, such as an imported one.
    ///
    /// @throws InvalidInputException with everything that is wrong
    public Scenario read(Document document, Problems problems) {
        return read(Laid.alone(document), problems);
    }

    private Scenario read(Laid laid, Problems problems) {
        Document document = laid.document();
        if (!document.readable()) {
            problems.throwIfAny();
        }
        return new ScenarioParts(catalog, document.root(), stem(document.name()))
                .scenario(laid.assumed(), laid.notes());
    }

    /// Name of a scenario whose file gives none.
    public static String stem(String file) {
        String last = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
        int dot = last.lastIndexOf('.');
        return dot > 0 ? last.substring(0, dot) : last;
    }
}
