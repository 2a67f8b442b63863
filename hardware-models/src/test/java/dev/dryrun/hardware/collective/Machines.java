// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NodeType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// Clusters of catalog entries, for tests.
final class Machines {
    private static final Catalog CATALOG = new Catalog(List.of());

    private static final Map<String, NodeType> NODES = new ConcurrentHashMap<>();
    private static final Map<String, Fabric> FABRICS = new ConcurrentHashMap<>();
    private static final Map<String, CollectiveLibrary> LIBRARIES = new ConcurrentHashMap<>();

    private Machines() {}

    static NodeType node(String name) {
        return NODES.computeIfAbsent(
                name, n -> NodeType.read(n, document("nodes", n).root()));
    }

    static Fabric fabric(String name) {
        return FABRICS.computeIfAbsent(
                name, n -> Fabric.read(n, document("fabrics", n).root()));
    }

    static CollectiveLibrary library(Cluster cluster) {
        return LIBRARIES.computeIfAbsent(cluster.node().library(), CollectiveLibrary::named);
    }

    static Cluster cluster(String node, int nodes, String fabric) {
        return new Cluster(node(node), nodes, fabric(fabric));
    }

    static Collectives collectives(Cluster cluster) {
        return new Collectives(cluster.network(), library(cluster), NetworkTuning.NONE);
    }

    static int[] range(int gpus) {
        return every(1, 0, gpus);
    }

    /// GPUs `first`, `first + stride`, ...
    static int[] every(int stride, int first, int count) {
        int[] gpus = new int[count];
        for (int i = 0; i < count; i++) {
            gpus[i] = first + i * stride;
        }
        return gpus;
    }

    private static Document document(String kind, String name) {
        var problems = new Problems();
        Document document = CATALOG.find(kind, name, problems);
        problems.throwIfAny();
        return Objects.requireNonNull(document, kind + "/" + name);
    }
}
