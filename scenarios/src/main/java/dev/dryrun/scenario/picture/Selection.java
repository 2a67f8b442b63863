// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.FabricShape;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkSketch;
import dev.dryrun.hardware.topology.Vertex;
import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.network.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What of a network is drawn: the first nodes and those of the way, in a large node the first GPUs and those of the
/// way, and of the switches those that something drawn hangs on. The rest is counted.
final class Selection {
    private static final int MOST_GPUS = 32;
    private static final int MOST_GPUS_OF_NODE = 16;
    private static final int MOST_NODES = 4;
    private static final int MOST_SWITCHES_OF_ROW = 32;

    private final Network network;
    private final @Nullable Way way;
    private final NetworkSketch sketch;
    private final Damage damage;
    private final List<NetworkSketch.Line> all;
    private final Set<Vertex> onWay = new HashSet<>();
    private final Set<Integer> nodes;
    private final Set<Vertex> drawn = new LinkedHashSet<>();
    private final Map<Integer, Integer> hiddenOfTier = new LinkedHashMap<>();

    Selection(Network network, @Nullable Way way) {
        this.network = network;
        this.way = way;
        nodes = nodes();
        sketch = NetworkSketch.of(network, nodes);
        damage = new Damage(network.cluster(), sketch, nodes);
        all = new ArrayList<>(sketch.lines());
        all.addAll(damage.down());
        markWay();
        sketch.devices().stream()
                .filter(vertex -> vertex.node() >= 0 && inside(vertex))
                .forEach(drawn::add);
        for (int tier = 0; tier <= highestTier(); tier++) {
            switches(tier);
        }
    }

    private Set<Integer> nodes() {
        Cluster cluster = network.cluster();
        int each = Math.min(cluster.node().gpus(), MOST_GPUS_OF_NODE);
        int most = Math.max(2, Math.min(MOST_NODES, MOST_GPUS / each));
        Set<Integer> chosen = new TreeSet<>();
        if (way != null) {
            chosen.add(cluster.nodeOf(way.from()));
            chosen.add(cluster.nodeOf(way.to()));
        }
        for (int node : Damage.nodes(cluster)) {
            if (chosen.size() < most) {
                chosen.add(node);
            }
        }
        for (int node = 0; chosen.size() < Math.min(most, cluster.nodes()); node++) {
            chosen.add(node);
        }
        return chosen;
    }

    /// What the links of the way join.
    private void markWay() {
        Set<Integer> resources = new HashSet<>();
        if (way != null) {
            way.steps().forEach(step -> resources.add(step.resource()));
        }
        for (NetworkSketch.Line line : sketch.lines()) {
            if (resources.contains(line.there()) || resources.contains(line.back())) {
                onWay.add(line.a());
                onWay.add(line.b());
            }
        }
    }

    private boolean inside(Vertex vertex) {
        if (vertex.kind() == Kind.PCIE_SWITCH && neighbours(vertex).size() < 2) {
            return false;
        }
        int gpus = network.cluster().node().gpus();
        if (gpus <= MOST_GPUS_OF_NODE || grid() != null) {
            return true;
        }
        return switch (vertex.kind()) {
            case GPU -> isShownGpu(vertex);
            case PCIE_SWITCH -> neighbours(vertex).stream().anyMatch(this::isShownGpu);
            case NIC ->
                neighbours(vertex).stream()
                        .anyMatch(near -> isShownGpu(near) || (near.kind() == Kind.PCIE_SWITCH && inside(near)));
            case GPU_SWITCH, CPU, LEAF, SPINE -> true;
        };
    }

    private boolean isShownGpu(Vertex vertex) {
        if (vertex.kind() != Kind.GPU) {
            return false;
        }
        return vertex.index() < MOST_GPUS_OF_NODE || onWay.contains(vertex) || damage.names(vertex) || isEnd(vertex);
    }

    private boolean isEnd(Vertex gpu) {
        int rank = gpu.node() * network.cluster().node().gpus() + gpu.index();
        return way != null && (rank == way.from() || rank == way.to());
    }

    private List<Vertex> neighbours(Vertex vertex) {
        List<Vertex> near = new ArrayList<>();
        for (NetworkSketch.Line line : all) {
            if (line.a().equals(vertex)) {
                near.add(line.b());
            } else if (line.b().equals(vertex)) {
                near.add(line.a());
            }
        }
        return near;
    }

    /// Row of a switch between nodes, leaves first. Numbers of spines have the tier in their upper digits.
    private int tierOf(Vertex vertex) {
        return vertex.kind() == Kind.LEAF ? 0 : 1 + (isBetweenGroups(vertex) ? 1 : vertex.index() >> 24 & 0xF);
    }

    /// Whether it stands for the links between the groups of a dragonfly, which all meet there: no switch of a group
    /// hangs on it.
    boolean isBetweenGroups(Vertex vertex) {
        return network.cluster().fabric().shape() instanceof FabricShape.Dragonfly
                && vertex.kind() == Kind.SPINE
                && neighbours(vertex).stream().noneMatch(near -> near.kind() == Kind.LEAF);
    }

    /// The highest row of switches; -1 where a node stands alone.
    int highestTier() {
        return sketch.devices().stream()
                .filter(vertex -> vertex.node() < 0)
                .mapToInt(this::tierOf)
                .max()
                .orElse(-1);
    }

    private void switches(int tier) {
        Set<Vertex> hung = new LinkedHashSet<>();
        for (NetworkSketch.Line line : all) {
            hang(line.a(), line.b(), tier, hung);
            hang(line.b(), line.a(), tier, hung);
        }
        besides(tier, hung);
        List<Vertex> shown = new ArrayList<>();
        int hidden = 0;
        for (Vertex vertex : sketch.devices()) {
            if (vertex.node() < 0 && tierOf(vertex) == tier) {
                if ((hung.contains(vertex) || damage.names(vertex)) && shown.size() < MOST_SWITCHES_OF_ROW) {
                    shown.add(vertex);
                } else {
                    hidden++;
                }
            }
        }
        drawn.addAll(shown);
        hiddenOfTier.put(tier, hidden);
    }

    /// Switches that are joined to others of their row only, as spines of a fabric that is listed link by link may be.
    private void besides(int tier, Set<Vertex> hung) {
        boolean grown = network.cluster().fabric().shape() instanceof FabricShape.Written;
        while (grown) {
            grown = false;
            for (NetworkSketch.Line line : all) {
                boolean row = line.a().node() < 0
                        && line.b().node() < 0
                        && tierOf(line.a()) == tier
                        && tierOf(line.b()) == tier;
                if (row && hung.contains(line.a()) != hung.contains(line.b())) {
                    hung.add(line.a());
                    hung.add(line.b());
                    grown = true;
                }
            }
        }
    }

    private void hang(Vertex upper, Vertex lower, int tier, Set<Vertex> hung) {
        boolean row = upper.node() < 0 && tierOf(upper) == tier;
        if (row && drawn.contains(lower) && (lower.node() >= 0 || tierOf(lower) < tier)) {
            hung.add(upper);
        }
    }

    /// Nodes that are drawn, in order.
    List<Integer> drawnNodes() {
        return List.copyOf(nodes);
    }

    Set<Vertex> devices() {
        return drawn;
    }

    /// Rows of GPUs that a torus is drawn as; null where they stand in one row.
    @Nullable
    Grid grid() {
        return Grid.of(network.cluster());
    }

    Damage damage() {
        return damage;
    }

    /// Lines whose ends are both drawn, those that are down with a rate of zero.
    List<NetworkSketch.Line> lines() {
        return all.stream()
                .filter(line -> drawn.contains(line.a()) && drawn.contains(line.b()))
                .toList();
    }

    /// Switches of a row that are drawn.
    List<Vertex> switchesOf(int tier) {
        return drawn.stream()
                .filter(vertex -> vertex.node() < 0 && tierOf(vertex) == tier)
                .toList();
    }

    /// What the switches of a row are called.
    String nameOf(int tier) {
        return switch (network.cluster().fabric().shape()) {
            case FabricShape.Dragonfly dragonfly -> tier == 0 ? "switches" : tier == 1 ? "groups" : "between groups";
            case FabricShape.Alone alone -> "";
            case FabricShape.Clos clos -> tierName(tier);
            case FabricShape.Written written -> tierName(tier);
            case FabricShape.TwoSites sites -> tierName(tier) + ", by site";
        };
    }

    private static String tierName(int tier) {
        return tier == 0 ? "leaves" : tier == 1 ? "spines" : "tier " + (tier + 1);
    }

    int sites() {
        return network.hasLines() ? 2 : 1;
    }

    /// Switches of a row that are not drawn, by row.
    Map<Integer, Integer> hiddenSwitches() {
        return hiddenOfTier;
    }

    int hiddenNodes() {
        return network.cluster().nodes() - nodes.size();
    }

    int hiddenGpusOf(int node) {
        long shown = drawn.stream()
                .filter(vertex -> vertex.kind() == Kind.GPU && vertex.node() == node)
                .count();
        return (int) (network.cluster().node().gpus() - shown);
    }
}
