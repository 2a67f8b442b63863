// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.collective.LinkEfficiency;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The constants of the catalog: libraries by name, a class of network by the fabric of its name (`rdma` by
/// `fat-tree`). What the catalog does not have yet is supplied here, from the fit that docs/models/collectives.md
/// describes.
public final class CatalogConstants implements CollectiveConstants {
    /// What one process that drives eight GPUs, or a loop in Python, adds to every call: fit, 10-90 % range 15-19 us.
    private static final double HOST_SECONDS = 16e-6;

    private static final String RDMA = "rdma";

    private final Map<String, CollectiveLibrary> libraries = new LinkedHashMap<>();
    private final Map<String, NetworkClass> networks = new LinkedHashMap<>();

    public CatalogConstants(Catalog catalog) {
        supplied("nvlink5", new LinkEfficiency(0.78, 0, 0.30, 0.60, 0.47), CollectiveLibrary.named("nccl"));
        supplied("xgmi4", new LinkEfficiency(0.71, 0, 0.30, 0, 0), CollectiveLibrary.named("rccl"));
        network(catalog, RDMA, "fat-tree", new NetworkClass(RDMA, 7e-6, 35e-6, 0.93, 0.72));
        network(catalog, "efa", "efa", new NetworkClass("efa", 30e-6, 56e-6, 0.93, 0.72));
        network(catalog, "efa-v1", "efa-v1", new NetworkClass("efa-v1", 30e-6, 56e-6, 0.62, 0.62));
        network(catalog, "tcpxo", "tcpxo", new NetworkClass("tcpxo", 57e-6, 95e-6, 0.93, 0.72));
        network(catalog, "slingshot", "slingshot", new NetworkClass("slingshot", 4e-6, 103e-6, 0.93, 0.72));
        network(catalog, "tcp", "tcp", new NetworkClass("tcp", 17e-6, 190e-6, 0.034, 0.034));
    }

    private void supplied(String link, LinkEfficiency efficiency, CollectiveLibrary library) {
        libraries.put(library.name(), library.links().containsKey(link) ? library : library.with(link, efficiency));
    }

    private void network(Catalog catalog, String name, String fabric, NetworkClass otherwise) {
        var problems = new Problems();
        Document document = catalog.find("fabrics", fabric, problems);
        networks.put(
                name,
                document == null
                        ? otherwise
                        : Fabric.read(fabric, document.root()).network());
        problems.throwIfAny();
    }

    @Override
    public CollectiveLibrary library(String name) {
        CollectiveLibrary library = libraries.get(name);
        if (library == null) {
            throw new IllegalArgumentException("library is \"" + name + "\"; known are " + libraries.keySet());
        }
        return library;
    }

    @Override
    public Optional<NetworkClass> network(String name) {
        return Optional.ofNullable(networks.get(name));
    }

    @Override
    public double hostSeconds(Launch launch) {
        return switch (launch) {
            case MPI -> 0;
            case ONE_PROCESS, PYTHON_LOOP -> HOST_SECONDS;
        };
    }
}
