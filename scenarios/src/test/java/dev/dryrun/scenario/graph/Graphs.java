// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problem;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.spec.ClusterAlone;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/// Graph files of tests, and what comes of them.
final class Graphs {
    static final Path FOLDER = Path.of("src/test/resources/dev/dryrun/scenario/graph");
    static final Catalog CATALOG = new Catalog(List.of());

    private Graphs() {}

    /// What the GPUs of a file are, by its name.
    static String acceleratorOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.contains("dgx-1v")
                ? "v100-sxm-32gb"
                : name.contains("a100")
                        ? "a100-sxm-80gb"
                        : name.contains("h100-pcie")
                                ? "h100-pcie-80gb"
                                : name.contains("l40s")
                                        ? "l40s"
                                        : name.contains("mi250x")
                                                ? "mi250x-gcd"
                                                : name.contains("mi300x")
                                                        ? "mi300x"
                                                        : name.contains("mi355x") ? "mi355x" : "h100-sxm-80gb";
    }

    static List<Path> all(String folder) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve(folder))) {
            return files.sorted().toList();
        }
    }

    /// What comes of a file that is sound.
    static GraphImport sound(Path file) {
        var problems = new Problems();
        GraphImport imported = GraphFile.read(
                file.toString(), file, null, acceleratorOf(file), OptionalDouble.empty(), CATALOG, problems);
        problems.throwIfAny();
        if (imported == null) {
            throw new AssertionError(file + " gave nothing, and no problem was told");
        }
        return imported;
    }

    /// What is said of a text that is not.
    static List<String> problems(String format, String text) {
        var problems = new Problems();
        var source = new GraphSource("f", text, "h100-sxm-80gb", OptionalDouble.empty(), CATALOG, problems);
        GraphImport imported = GraphImport.of(GraphFormats.byName(format), source, "t");
        if (imported != null) {
            throw new AssertionError("it was read: " + imported.yaml());
        }
        return problems.all().stream().map(Problem::toString).toList();
    }

    /// So many of the imported node on a fabric of the catalog.
    static ClusterAlone cluster(GraphImport imported, int nodes) {
        String block = imported.yaml().indent(4);
        return new ScenarioReader(CATALOG)
                .readCluster("c.yaml", "cluster:\n  nodes: " + nodes + "\n  node:\n    name: imported\n" + block);
    }

    static ClusterAlone shipped(String node, int nodes) {
        return new ScenarioReader(CATALOG).readCluster("c.yaml", "cluster: {node: " + node + ", nodes: " + nodes + "}");
    }
}
