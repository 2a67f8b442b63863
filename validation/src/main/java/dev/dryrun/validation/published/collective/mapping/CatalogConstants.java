// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveLibrary;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The constants of the catalog: libraries by name, a class of network by the fabric of its name (`rdma` by
/// `fat-tree`).
public final class CatalogConstants implements CollectiveConstants {
    /// What one process that drives eight GPUs, or a loop in Python, adds to every call: fit, 10-90 % range 15-19 us.
    private static final double HOST_SECONDS = 16e-6;

    /// Class of network to the fabric of the catalog that has it.
    private static final Map<String, String> FABRICS = new TreeMap<>(Map.of(
            "rdma", "fat-tree",
            "efa", "efa",
            "efa-v1", "efa-v1",
            "tcpxo", "tcpxo",
            "slingshot", "slingshot",
            "tcp", "tcp"));

    private final Map<String, CollectiveLibrary> libraries = new LinkedHashMap<>();
    private final Map<String, NetworkClass> networks = new LinkedHashMap<>();

    public CatalogConstants(Catalog catalog) {
        var problems = new Problems();
        for (String name : catalog.names("libraries")) {
            Document document = catalog.find("libraries", name, problems);
            if (document != null) {
                libraries.put(name, CollectiveLibrary.read(name, document.root()));
            }
        }
        FABRICS.forEach((name, fabric) -> {
            Document document = catalog.find("fabrics", fabric, problems);
            if (document != null) {
                networks.put(name, Fabric.read(fabric, document.root()).network());
            }
        });
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
