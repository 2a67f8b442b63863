// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.BoxUse;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.InNetworkReduction;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.hardware.topology.RingUse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The GPUs of a collective as algorithms see them: how many, on how many nodes, and which links join them.
///
/// Nodes are in the order in which the group names them, members of a node in that order too. Rings and trees enter
/// and leave a node through the interfaces of all members, one ring for each, so the bytes between nodes spread
/// over them.
public final class Group {
    /// Domains up to 32 GPUs have as many rings as GPUs; those measured above that have 72.
    private static final int LARGEST_USUAL_DOMAIN = 32;

    private final Network network;
    private final NetworkClass networkClass;
    private final CollectiveLibrary library;
    private final LinkEfficiency efficiency;
    private final int[] gpus;
    private final int[][] membersByNode;
    /// Types of the nodes, each once.
    private final List<NodeType> types;

    Group(Network network, NetworkClass networkClass, CollectiveLibrary library, int[] gpus) {
        this.network = network;
        this.networkClass = networkClass;
        this.library = library;
        this.gpus = gpus.clone();
        this.membersByNode = byNode(network.cluster(), gpus);
        types = types(network.cluster(), membersByNode);
        this.efficiency = library.linkEfficiency(ringLink());
    }

    private static int[][] byNode(Cluster cluster, int[] gpus) {
        Map<Integer, int[]> members = new LinkedHashMap<>();
        boolean[] seen = new boolean[cluster.gpus()];
        for (int gpu : gpus) {
            if (gpu < 0 || gpu >= seen.length || seen[gpu]) {
                throw new IllegalArgumentException("gpu " + gpu + " of a group is "
                        + (gpu >= 0 && gpu < seen.length ? "there twice" : "none of the " + seen.length));
            }
            seen[gpu] = true;
            members.merge(cluster.nodeOf(gpu), new int[] {gpu}, (before, one) -> {
                int[] grown = Arrays.copyOf(before, before.length + 1);
                grown[before.length] = one[0];
                return grown;
            });
        }
        return members.values().toArray(int[][]::new);
    }

    private static List<NodeType> types(Cluster cluster, int[][] membersByNode) {
        if (!cluster.isMixed()) {
            return List.of(cluster.node());
        }
        List<NodeType> types = new ArrayList<>();
        int last = -1;
        for (int[] members : membersByNode) {
            int part = cluster.partOf(members[0]);
            NodeType type = cluster.parts().get(part).node();
            if (part != last && !types.contains(type)) {
                types.add(type);
            }
            last = part;
        }
        return List.copyOf(types);
    }

    public int ranks() {
        return gpus.length;
    }

    public int nodes() {
        return membersByNode.length;
    }

    /// GPUs of the group on the node that has the fewest of them.
    public int membersPerNode() {
        int fewest = gpus.length;
        for (int[] members : membersByNode) {
            fewest = Math.min(fewest, members.length);
        }
        return fewest;
    }

    int gpu(int rank) {
        return gpus[rank];
    }

    List<int[]> membersByNode() {
        return List.of(membersByNode);
    }

    Network network() {
        return network;
    }

    /// Type of the nodes; of the first where there are several.
    public NodeType node() {
        return types.getFirst();
    }

    NetworkClass networkClass() {
        return networkClass;
    }

    CollectiveLibrary library() {
        return library;
    }

    public LinkEfficiency efficiency() {
        return efficiency;
    }

    /// Whether GPUs of a node have links of their own to each other, not links into switches.
    boolean mesh() {
        return types.stream().anyMatch(type -> type.wiring() == DomainWiring.MESH);
    }

    /// Raw rate of the rings inside the node that has the fewest members.
    public double ringBytesPerSecond() {
        double least = Double.POSITIVE_INFINITY;
        for (int[] members : membersByNode) {
            least = Math.min(least, ring(members).bytesPerSecond());
        }
        return least;
    }

    /// Generation of the links on which the slowest ring inside a node runs.
    public String ringLink() {
        String slowest = node().link();
        double least = Double.POSITIVE_INFINITY;
        for (int[] members : membersByNode) {
            RingUse ring = ring(members);
            if (ring.bytesPerSecond() < least) {
                least = ring.bytesPerSecond();
                slowest = ring.generation();
            }
        }
        return slowest;
    }

    /// How rings run among the members of one node.
    RingUse ring(int[] members) {
        return network.ringAmong(network.cluster().nodeOf(members[0]), local(members), nodes() > 1);
    }

    private int[] local(int[] members) {
        int[] local = new int[members.length];
        for (int i = 0; i < local.length; i++) {
            local[i] = network.cluster().localOf(members[i]);
        }
        return local;
    }

    /// The box that members of one node are in its torus; null where they are none.
    @Nullable
    BoxUse boxOf(int[] members) {
        return network.boxAmong(network.cluster().nodeOf(members[0]), local(members));
    }

    /// First resource of the wires of the node that has these members.
    int firstWireOf(int[] members) {
        return network.firstWireOf(network.cluster().nodeOf(members[0]));
    }

    /// Line rate that the interfaces of the members of one node have together, as far as they are up and ranks can use
    /// it.
    double nicBytesPerSecond() {
        double least = Double.POSITIVE_INFINITY;
        for (NodeType node : types) {
            double line = Math.min(membersPerNode() * node.nicsPerGpu(), node.nics()) * node.nicBytesPerSecond();
            least = Math.min(least, line * leftOf(node));
        }
        return least;
    }

    private double leftOf(NodeType node) {
        double share = networkClass.usableShare(node);
        for (int[] members : network.cluster().degraded().isEmpty() ? new int[0][] : membersByNode) {
            share = Math.min(share, network.interfacesLeft(members));
        }
        return share;
    }

    /// An empty sum, large enough for the links of this group: in and out of each GPU and of each interface, and
    /// leaves.
    LinkUsage newUsage() {
        return new LinkUsage(5 * gpus.length);
    }

    /// Adds what rings use of the links inside nodes.
    ///
    /// @param perByte usage of the ring as a whole: traffic over efficiency
    void addInsideNodes(LinkUsage usage, double perByte) {
        for (int[] members : membersByNode) {
            RingUse ring = ring(members);
            int first = network.firstWireOf(network.cluster().nodeOf(members[0]));
            for (int i = 0; i < ring.wires().length; i++) {
                usage.add(first + ring.wires()[i], ring.usagePerByte()[i] * perByte);
            }
        }
    }

    /// Adds what a closed ring over the nodes uses of the links between them: from each node to the next, spread
    /// over the interfaces of the members.
    ///
    /// @param perByte usage of the ring as a whole: traffic over efficiency
    void addBetweenNodes(LinkUsage usage, double perByte) {
        for (int i = 0; nodes() > 1 && i < nodes(); i++) {
            int[] here = membersByNode[i];
            int[] next = membersByNode[(i + 1) % nodes()];
            List<Lane> lanes = lanes(here, next);
            for (Lane lane : lanes) {
                usage.add(network.route(lane.from(), lane.to()), perByte / lanes.size());
            }
        }
    }

    /// From a member of one node to one of another.
    private record Lane(int from, int to) {}

    /// Over which members what two nodes have for each other spreads: position by position, but only those whose own
    /// interfaces are up, as long as there are any.
    private List<Lane> lanes(int[] here, int[] there) {
        List<Lane> all = new ArrayList<>();
        List<Lane> own = new ArrayList<>();
        int count = Math.max(here.length, there.length);
        for (int i = 0; i < count; i++) {
            var lane = new Lane(here[i % here.length], there[i % there.length]);
            all.add(lane);
            if (network.hasOwnWay(lane.from(), lane.to())) {
                own.add(lane);
            }
        }
        return own.isEmpty() ? all : own;
    }

    /// Latency of the long lines that a ring over the nodes follows, once around.
    double lineSecondsAround() {
        double sum = 0;
        for (int i = 0; network.hasLines() && nodes() > 1 && i < nodes(); i++) {
            sum += network.route(membersByNode[i][0], membersByNode[(i + 1) % nodes()][0])
                    .lineSeconds();
        }
        return sum;
    }

    /// Latency of the long lines between the first node and the one that is farthest from it.
    double lineSecondsAcross() {
        double most = 0;
        for (int i = 1; network.hasLines() && i < nodes(); i++) {
            most = Math.max(
                    most,
                    network.route(membersByNode[0][0], membersByNode[i][0]).lineSeconds());
        }
        return most;
    }

    /// Adds what an even exchange between all pairs of members uses: `perByte / n` on the way between two of one node.
    ///
    /// @param perByte usage by the whole buffer of a rank: one over efficiency
    void addPairsInsideNodes(LinkUsage usage, double perByte) {
        for (int[] members : membersByNode) {
            for (int from : members) {
                for (int to : members) {
                    if (from != to) {
                        usage.add(network.route(from, to), perByte / ranks());
                    }
                }
            }
        }
    }

    /// Adds what such an exchange uses between nodes. What two nodes have for each other is spread over the members of
    /// both, position by position, as where data change rails inside a node.
    ///
    /// @param perByte usage by the whole buffer of a rank: one over efficiency
    void addPairsBetweenNodes(LinkUsage usage, double perByte) {
        for (int from = 0; from < nodes(); from++) {
            for (int to = 0; to < nodes(); to++) {
                int[] here = membersByNode[from];
                int[] there = membersByNode[to];
                List<Lane> lanes = from == to ? List.of() : lanes(here, there);
                for (Lane lane : lanes) {
                    double perLane = perByte * here.length * there.length / ranks() / lanes.size();
                    usage.add(network.route(lane.from(), lane.to()), perLane);
                }
            }
        }
    }

    /// Adds what an uneven exchange uses between members of the same node.
    ///
    /// @param perByte usage by a byte: one over efficiency
    void addPairsInsideNodes(LinkUsage usage, double perByte, ExchangeShares shares) {
        for (int from = 0; from < ranks(); from++) {
            for (int to = 0; to < ranks(); to++) {
                if (from != to && !isRemote(from, to) && shares.of(from, to) > 0) {
                    usage.add(network.route(gpus[from], gpus[to]), perByte * shares.of(from, to));
                }
            }
        }
    }

    /// Adds what it uses between nodes. A message leaves its node by the member that stands where the receiver stands
    /// on its own, so that it stays on the receiver's rail.
    void addPairsBetweenNodes(LinkUsage usage, double perByte, ExchangeShares shares) {
        int[][] ranks = ranksByNode();
        for (int node = 0; node < nodes(); node++) {
            int[] here = ranks[node];
            for (int other = 0; other < nodes(); other++) {
                int[] there = ranks[other];
                for (int lane = 0; node != other && lane < there.length; lane++) {
                    double sum = 0;
                    for (int from : here) {
                        sum += shares.of(from, there[lane]);
                    }
                    if (sum > 0) {
                        usage.add(network.route(gpus[here[lane % here.length]], gpus[there[lane]]), perByte * sum);
                    }
                }
            }
        }
    }

    private int[][] ranksByNode() {
        Map<Integer, Integer> rankOf = new HashMap<>();
        for (int rank = 0; rank < gpus.length; rank++) {
            rankOf.put(gpus[rank], rank);
        }
        return Arrays.stream(membersByNode)
                .map(members -> Arrays.stream(members)
                        .map(gpu -> Objects.requireNonNull(rankOf.get(gpu)))
                        .toArray())
                .toArray(int[][]::new);
    }

    /// Whether two ranks are on different nodes.
    boolean isRemote(int one, int other) {
        return network.cluster().nodeOf(gpus[one]) != network.cluster().nodeOf(gpus[other]);
    }

    /// Whether an all-reduce inside the switches of a node is there for this many GPUs of it.
    boolean inSwitchReduction(int members, int atLeast) {
        return !mesh() && efficiency.inSwitchShare() > 0 && members >= atLeast;
    }

    /// The GPU by whose interface a message leaves its node: on a fabric of rails the one of the receiver's rail, if
    /// GPUs reach each other over switches; else the sender.
    int relay(int from, int to) {
        Cluster cluster = network.cluster();
        NodeType node = node();
        boolean rails = network.cluster().fabric().shape() instanceof FabricShape.Clos clos && clos.rails();
        if (!rails || types.size() > 1 || node.wiring() != DomainWiring.SWITCHED || node.nics() != node.gpus()) {
            return from;
        }
        return cluster.firstGpuOf(cluster.nodeOf(from)) + cluster.localOf(to);
    }

    /// What switches between nodes that add up cost; null where they do not, as those between several types of nodes.
    @Nullable
    InNetworkReduction inNetworkReduction() {
        return types.size() > 1 ? null : network.cluster().fabric().inNetworkReduction();
    }

    /// Whether every node has as many members.
    boolean isEven() {
        return membersPerNode() * nodes() == ranks();
    }

    /// Whether the group has more than 32 GPUs on a node, as racks that are one domain do.
    boolean largeDomains() {
        return membersPerNode() > LARGEST_USUAL_DOMAIN;
    }

    /// Stage of a flat ring. It leaves a large domain over fewer interfaces than the domain has.
    ///
    /// @param traffic bytes that the ring carries between nodes per byte of the collective
    Stage ringStage(LinkUsage usage, double traffic) {
        if (nodes() == 1 || !largeDomains()) {
            return stage(usage);
        }
        double lanes = Math.min(membersPerNode(), library.largeDomainInterfaces());
        double own = types.stream()
                .mapToDouble(type -> type.nicsPerGpu() * type.nicBytesPerSecond())
                .min()
                .orElseThrow();
        double rate = lanes * own * networkClass.ringEfficiency();
        return stage(usage, rate / traffic);
    }

    Stage stage(LinkUsage usage, double capBytesPerSecond) {
        return Stage.of(usage.toFootprint(), capBytesPerSecond, network.capacityBytesPerSecond());
    }

    Stage stage(LinkUsage usage) {
        return stage(usage, Double.POSITIVE_INFINITY);
    }
}
