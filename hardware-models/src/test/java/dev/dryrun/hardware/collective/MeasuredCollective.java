// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One row of the table of public nccl-tests and rccl-tests results.
///
/// @param algorithm as printed; `default` and more where the library chose
/// @param launch how the benchmark was driven
record MeasuredCollective(
        String system,
        String gpu,
        int nodes,
        int gpus,
        String collective,
        String algorithm,
        double bytes,
        double seconds,
        double nicBytesPerSecond,
        String networkClass,
        String launch,
        String suspicious) {
    /// Host cost of one process, or a Python loop, that drives all GPUs: a property of the benchmark, additive.
    private static final double HARNESS_SECONDS = 16e-6;

    /// Nodes of the catalog by the beginning of the GPU's name.
    private static final Map<String, String> NODES = Map.of(
            "A100", "dgx-a100-80gb",
            "H100", "hgx-h100",
            "H200", "hgx-h200",
            "GH200", "alps",
            "B200", "dgx-b200",
            "MI300X", "mi300x-platform",
            "MI325X", "mi325x-platform",
            "MI355X", "mi355x-platform");

    private static final List<String> COMMON = List.of("A100", "H100", "H200", "GH200", "MI300X", "MI325X");

    static List<MeasuredCollective> read(Path table) throws IOException {
        List<String> lines = Files.readAllLines(table);
        List<String> header = fields(lines.getFirst());
        List<MeasuredCollective> rows = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            Map<String, String> row = new HashMap<>();
            List<String> values = fields(line);
            for (int i = 0; i < header.size(); i++) {
                row.put(header.get(i), values.get(i));
            }
            rows.add(new MeasuredCollective(
                    row.get("system"),
                    row.get("gpu"),
                    Integer.parseInt(row.get("nodes")),
                    Integer.parseInt(row.get("gpus")),
                    row.get("collective"),
                    row.get("algorithm_protocol"),
                    Double.parseDouble(row.get("message_bytes")),
                    Double.parseDouble(row.get("time_us")) * 1e-6,
                    Double.parseDouble(row.get("nic_GBps_per_gpu")) * 1e9,
                    row.get("network_class"),
                    row.get("launch"),
                    row.get("suspicious")));
        }
        return rows;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        var field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }

    /// The collective as the library knows it; empty for those it does not.
    Optional<CollectiveKind> kind() {
        return switch (collective) {
            case "all_reduce" -> Optional.of(CollectiveKind.ALL_REDUCE);
            case "all_gather" -> Optional.of(CollectiveKind.ALL_GATHER);
            case "reduce_scatter" -> Optional.of(CollectiveKind.REDUCE_SCATTER);
            case "broadcast" -> Optional.of(CollectiveKind.BROADCAST);
            default -> Optional.empty();
        };
    }

    /// The node as the catalog has it, with the interfaces that the benchmark had; empty for accelerators without
    /// entry.
    Optional<NodeType> node() {
        Optional<String> known = NODES.entrySet().stream()
                .filter(entry -> gpu.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        NodeType node = Machines.node(known.get());
        int perNode = Math.max(gpus / nodes, node.wiring() == DomainWiring.MESH ? node.gpus() : 1);
        return Optional.of(new NodeType(
                node.name(),
                node.title(),
                node.accelerator(),
                node.library(),
                perNode,
                node.wiring(),
                node.link(),
                node.linkBytesPerSecond(),
                perNode,
                nicBytesPerSecond,
                node.pcieBytesPerSecond()));
    }

    /// Its class of network, as the fabric of the catalog that is named so has it.
    private NetworkClass network(NetworkClass rdma) {
        return networkClass.isEmpty() || networkClass.equals("rdma")
                ? rdma
                : Machines.fabric(networkClass).network();
    }

    /// Whether it was measured on GPUs and a network of which there are several systems.
    boolean isCommon() {
        boolean common = COMMON.stream().anyMatch(gpu::startsWith);
        return common && (nodes == 1 || networkClass.equals("rdma"));
    }

    private Collectives collectives(NodeType node) {
        Fabric fabric = Machines.fabric("rail-optimised");
        Fabric own = fabric.withNetwork(network(fabric.network()));
        Collectives all = Machines.collectives(new Cluster(node, nodes, own));
        String forced = algorithm.toLowerCase(Locale.ROOT);
        if (forced.contains("nvls disabled") || forced.equals("nccl_algo=ring") || forced.startsWith("ring (")) {
            return all.restrictedTo(List.of("ring", "ring-ll128", "ll"));
        }
        return forced.equals("nccl_algo=nvlstree") ? all.restrictedTo(List.of("hierarchical", "nvls")) : all;
    }

    double predictedSeconds() {
        NodeType node = node().orElseThrow();
        int[] ranks = Machines.range(gpus);
        if (gpus / nodes < node.gpus()) {
            for (int i = 0; i < gpus; i++) {
                ranks[i] = i / (gpus / nodes) * node.gpus() + i % (gpus / nodes);
            }
        }
        double harness = launch.equals("mpi") ? 0 : HARNESS_SECONDS;
        return harness + collectives(node).aloneSeconds(kind().orElseThrow(), bytes, ranks);
    }
}
