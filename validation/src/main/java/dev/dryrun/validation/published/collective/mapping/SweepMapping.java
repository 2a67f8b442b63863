// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Setup;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Sweep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The rules by which a sweep becomes a benchmark.
///
/// A node of the simulation is a domain: a server, or as many trays of a rack as its links join. It has the GPUs that
/// were used, each with its share of the interfaces; of a mesh it has all, as those left idle leave their links idle.
/// In a send-and-receive every rank sends to the next, so the slowest link on the way counts: the last rank of a node
/// and the first of the next.
public final class SweepMapping {
    /// Wide enough never to bind: the benchmark's interfaces are stated as what a GPU gets.
    private static final double PCIE_BYTES_PER_SECOND = 1e12;

    private static final double NO_NIC = 1e9;
    private static final int MOST_GPUS = 1 << 17;

    private SweepMapping() {}

    /// The sweep, or why not.
    public static MappedSweep map(Sweep sweep, CollectiveConstants constants) {
        Setup setup = sweep.setup();
        Optional<CollectiveKind> kind = kind(sweep.collective());
        if (kind.isEmpty()) {
            return skipped("no model of collective \"" + sweep.collective() + "\"");
        }
        if (setup.gpus() < 2 || setup.gpus() > MOST_GPUS) {
            return skipped(setup.gpus() + " GPUs; a benchmark has 2 to " + MOST_GPUS);
        }
        Optional<GpuLinks> links = GpuLinks.of(setup.gpu());
        int nodes = links.map(some -> domains(setup, some)).orElse(0);
        Optional<NodeType> server =
                nodes > 0 ? Optional.empty() : CatalogServer.of(setup.gpu(), Math.ceilDiv(setup.gpus(), setup.nodes()));
        if (nodes == 0 && server.isEmpty()) {
            return skipped("no picture of the links between %d GPUs \"%s\" of a server"
                    .formatted(Math.ceilDiv(setup.gpus(), setup.nodes()), setup.gpu()));
        }
        nodes = server.isPresent() ? setup.nodes() : nodes;
        if (setup.gpus() % nodes != 0) {
            return skipped("%d GPUs are not spread evenly over %d domains".formatted(setup.gpus(), nodes));
        }
        if (nodes > 1
                && (setup.nicBytesPerSecond().isEmpty() || setup.networkClass().isEmpty())) {
            return skipped("the source does not say what joins its nodes");
        }
        String networkClass = nodes == 1 ? "" : NetworkWords.classOf(setup.networkClass(), constants);
        if (nodes > 1 && constants.network(networkClass).isEmpty()) {
            return skipped("no constants for networks of class \"" + setup.networkClass() + "\"");
        }
        int used = setup.gpus() / nodes;
        NodeType node = server.map(known -> withInterfaces(known, setup))
                .orElseGet(() -> domain(setup, links.orElseThrow(), used));
        return simulable(sweep, kind.get(), node, nodes, networkClass);
    }

    /// A domain of GPUs joined by switches or all to all.
    private static NodeType domain(Setup setup, GpuLinks links, int used) {
        int gpus = links.wiring() == DomainWiring.MESH ? Math.max(used, links.domain()) : used;
        return new NodeType(
                "benchmark",
                setup.gpu(),
                setup.gpu(),
                links.library(),
                gpus,
                links.wiring(),
                links.generation(),
                links.bytesPerSecond(),
                gpus,
                setup.nicBytesPerSecond().orElse(NO_NIC),
                PCIE_BYTES_PER_SECOND);
    }

    /// A server of the catalog with interfaces that give each GPU what the benchmark had.
    private static NodeType withInterfaces(NodeType known, Setup setup) {
        OptionalDouble each = setup.nicBytesPerSecond();
        return each.isEmpty() || known.nics() == 0
                ? known
                : known.withNics(known.nics(), each.getAsDouble() * known.gpus() / known.nics());
    }

    private static MappedSweep simulable(
            Sweep sweep, CollectiveKind kind, NodeType node, int nodes, String networkClass) {
        Setup setup = sweep.setup();
        int used = setup.gpus() / nodes;
        List<String> algorithms =
                kind == CollectiveKind.ALL_REDUCE ? AlgorithmWords.allowed(sweep.algorithm()) : List.of();
        var benchmark = new Benchmark(
                node,
                nodes,
                networkClass,
                kind,
                ranks(kind, setup.gpus(), used, node.gpus()),
                algorithms,
                setup.launch());
        return new MappedSweep.Simulable(benchmark);
    }

    /// Domains of the benchmark; 0 where the links do not join the GPUs of a server.
    private static int domains(Setup setup, GpuLinks links) {
        if (links.acrossServers()) {
            return Math.ceilDiv(setup.gpus(), links.domain());
        }
        return setup.gpus() / setup.nodes() <= links.domain() ? setup.nodes() : 0;
    }

    private static List<Integer> ranks(CollectiveKind kind, int gpus, int used, int perNode) {
        var ranks = new ArrayList<Integer>();
        for (int i = 0; i < gpus; i++) {
            ranks.add(i / used * perNode + i % used);
        }
        boolean pair = kind == CollectiveKind.SEND_RECV;
        return pair ? ranks.subList(used < gpus ? used - 1 : 0, used < gpus ? used + 1 : 2) : ranks;
    }

    private static Optional<CollectiveKind> kind(String collective) {
        return switch (collective) {
            case "all_reduce" -> Optional.of(CollectiveKind.ALL_REDUCE);
            case "all_gather" -> Optional.of(CollectiveKind.ALL_GATHER);
            case "reduce_scatter" -> Optional.of(CollectiveKind.REDUCE_SCATTER);
            case "broadcast" -> Optional.of(CollectiveKind.BROADCAST);
            case "reduce" -> Optional.of(CollectiveKind.REDUCE);
            case "alltoall", "all_to_all" -> Optional.of(CollectiveKind.ALL_TO_ALL);
            case "sendrecv" -> Optional.of(CollectiveKind.SEND_RECV);
            default -> Optional.empty();
        };
    }

    private static MappedSweep skipped(String reason) {
        return new MappedSweep.Skipped(reason);
    }
}
