// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.Restriction;
import dev.dryrun.hardware.collective.tuner.Tuners;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.List;
import java.util.Set;

/// A sweep as it is simulated.
///
/// @param node one domain, with the interfaces that the benchmark had
/// @param networkClass name of the class of network; empty on one node
/// @param gpus ranks in order
/// @param restriction what is left to the library
public record Benchmark(
        NodeType node,
        int nodes,
        String networkClass,
        CollectiveKind kind,
        List<Integer> gpus,
        Restriction restriction,
        Launch launch) {
    private static final NetworkClass NO_NETWORK = new NetworkClass("none", 0, 0, 1, 1);
    private static final int PORTS = 4096;

    public Benchmark {
        gpus = List.copyOf(gpus);
    }

    /// The kind of machine that decides its times: of several nodes their network, of one the generation of its links.
    public String machineClass() {
        return nodes > 1 ? networkClass : node.link();
    }

    /// All kinds of machine of which its times tell something.
    public Set<String> tellsAbout() {
        return nodes > 1 ? Set.of(networkClass, node.link()) : Set.of(node.link());
    }

    /// The links that the sweep runs over, which no constant changes. Belongs to one thread.
    public Network network() {
        FabricShape shape = nodes == 1 ? new FabricShape.Alone() : FabricShape.Clos.leafSpine(true, PORTS, 1);
        return new Cluster(node, nodes, new Fabric("benchmark", shape, 0, 0, NO_NETWORK)).network();
    }

    /// The sweep under some constants: what a call of so many bytes takes.
    public Timing timing(CollectiveConstants constants) {
        return timing(network(), constants);
    }

    /// The same over links that are there already.
    ///
    /// @param network of this benchmark
    public Timing timing(Network network, CollectiveConstants constants) {
        return timing(collectives(network, constants), constants);
    }

    /// The sweep where the library chooses by its own table, if that is known; else as without.
    public Timing tunedTiming(CollectiveConstants constants) {
        Collectives quickest = collectives(network(), constants);
        return timing(Tuners.ofLibrary(node.library()).map(quickest::tunedBy).orElse(quickest), constants);
    }

    private Collectives collectives(Network network, CollectiveConstants constants) {
        return new Collectives(network, networkClass(constants), constants.library(node.library()))
                .restrictedTo(restriction);
    }

    private Timing timing(Collectives collectives, CollectiveConstants constants) {
        int[] ranks = gpus.stream().mapToInt(gpu -> gpu).toArray();
        return new Timing(collectives, kind, ranks, constants.hostSeconds(launch));
    }

    /// What the network between the nodes costs under some constants.
    public NetworkClass networkClass(CollectiveConstants constants) {
        return nodes == 1
                ? NO_NETWORK
                : constants.network(networkClass).orElseThrow(() -> new IllegalArgumentException(networkClass));
    }

    /// Seconds of calls of a sweep.
    ///
    /// @param hostSeconds of the benchmark, added to every call
    public record Timing(Collectives collectives, CollectiveKind kind, int[] gpus, double hostSeconds) {
        public double seconds(double bytes) {
            return hostSeconds + collectives.aloneSeconds(kind, bytes, gpus);
        }

        /// Algorithm and protocol that run.
        public String algorithm(double bytes) {
            return collectives.chosen(kind, bytes, gpus).choice();
        }

        /// Whether what is left to the library serves this collective and group at all.
        public boolean possible() {
            return collectives.serves(kind, gpus);
        }
    }
}
