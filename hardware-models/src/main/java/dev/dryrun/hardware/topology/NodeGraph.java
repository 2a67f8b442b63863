// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedWeightedMultigraph;
import org.jspecify.annotations.Nullable;

/// The graph inside one node: GPUs, switches, processors and interfaces, and the links between them. All nodes of a
/// type have the same; a cluster repeats it, and numbers of links here are offsets there.
///
/// Every link has two directions, which are two resources: an even number and the next. Between two devices traffic
/// takes the shortest way by the weights of the links; where several are equally short it spreads over them evenly at
/// each device. On a torus it follows the axes in their order.
public final class NodeGraph {
    /// A device of the node.
    record Device(Kind kind, int index) {
        @Override
        public String toString() {
            String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return name + " " + index;
        }
    }

    /// One direction of a link.
    ///
    /// @param from number of a device
    /// @param to number of a device
    /// @param generation of link, by which a library knows its efficiency
    /// @param bytesPerSecond raw; infinite where it never binds, which makes it no resource
    /// @param weight of the link in the choice of ways
    record Wire(int from, int to, String generation, double bytesPerSecond, double weight) {}

    private final List<Device> devices;
    private final List<Wire> wires;
    private final Map<Device, Integer> numberOf = new HashMap<>();
    private final int[] offsetOf;
    private final int resources;
    private final EqualCostRoutes routes;
    private final @Nullable GridWires grid;
    private final Set<Integer> down;

    private NodeGraph(List<Device> devices, List<Wire> wires, @Nullable GridWires grid, Set<Integer> down) {
        this.grid = grid;
        this.down = Set.copyOf(down);
        this.devices = List.copyOf(devices);
        this.wires = List.copyOf(wires);
        for (int i = 0; i < devices.size(); i++) {
            numberOf.put(devices.get(i), i);
        }
        offsetOf = new int[wires.size()];
        int next = 0;
        for (int wire = 0; wire < wires.size(); wire++) {
            offsetOf[wire] = Double.isInfinite(wires.get(wire).bytesPerSecond()) ? -1 : next++;
        }
        resources = next;
        Graph<Integer, Integer> graph = new DirectedWeightedMultigraph<>(Integer.class);
        for (int i = 0; i < devices.size(); i++) {
            graph.addVertex(i);
        }
        for (int wire = 0; wire < wires.size(); wire++) {
            if (down.contains(wire)) {
                continue;
            }
            graph.addEdge(wires.get(wire).from(), wires.get(wire).to(), wire);
            graph.setEdgeWeight(wire, wires.get(wire).weight());
        }
        routes = new EqualCostRoutes(graph);
    }

    /// Builds a graph; devices come into being with their first link.
    static final class Builder {
        private final List<Device> devices = new ArrayList<>();
        private final List<Wire> wires = new ArrayList<>();
        private @Nullable GridWires grid;

        /// Wires so far, which is the number of the next one.
        int wires() {
            return wires.size();
        }

        /// Says that the links between GPUs are a torus.
        Builder grid(GridWires torus) {
            grid = torus;
            return this;
        }

        /// A device even where no link joins it.
        Builder add(Device device) {
            number(device);
            return this;
        }

        /// A link with the same capacity both ways.
        Builder link(Device a, Device b, String generation, double bytesPerSecond, double weight) {
            if (!(bytesPerSecond > 0) || !(weight > 0)) {
                throw new IllegalArgumentException(
                        "the link from %s to %s has %s B/s and weight %s; both must be positive"
                                .formatted(a, b, bytesPerSecond, weight));
            }
            int from = number(a);
            int to = number(b);
            wires.add(new Wire(from, to, generation, bytesPerSecond, weight));
            wires.add(new Wire(to, from, generation, bytesPerSecond, weight));
            return this;
        }

        private int number(Device device) {
            int at = devices.indexOf(device);
            if (at < 0) {
                devices.add(device);
                at = devices.size() - 1;
            }
            return at;
        }

        NodeGraph build() {
            return new NodeGraph(devices, wires, grid, Set.of());
        }
    }

    static Device gpu(int index) {
        return new Device(Kind.GPU, index);
    }

    static Device nic(int index) {
        return new Device(Kind.NIC, index);
    }

    /// Wires that can bind.
    int resources() {
        return resources;
    }

    /// Number of a wire among those that can bind; -1 where it cannot.
    int offsetOf(int wire) {
        return offsetOf[wire];
    }

    /// The wire of that number among those that can bind.
    int wireAt(int offset) {
        for (int wire = offset; wire < offsetOf.length; wire++) {
            if (offsetOf[wire] == offset) {
                return wire;
            }
        }
        throw new IllegalArgumentException("offset is " + offset + "; there are " + resources + " wires that can bind");
    }

    /// The same graph with what is left of the bandwidth of some wires; those of which nothing is left are down.
    /// Numbers stay as they are.
    NodeGraph degraded(Map<Integer, Double> left) {
        List<Wire> slowed = new ArrayList<>();
        Set<Integer> cut = new TreeSet<>();
        for (int number = 0; number < wires.size(); number++) {
            Wire wire = wires.get(number);
            double rate = left.getOrDefault(number, 1.0);
            boolean endless = Double.isInfinite(wire.bytesPerSecond());
            double bytesPerSecond = endless ? wire.bytesPerSecond() : wire.bytesPerSecond() * rate;
            slowed.add(new Wire(wire.from(), wire.to(), wire.generation(), bytesPerSecond, wire.weight()));
            if (rate == 0) {
                cut.add(number);
            }
        }
        return new NodeGraph(devices, slowed, grid, cut);
    }

    /// The boxes of a torus; null for any other graph.
    @Nullable
    GridBoxes boxes() {
        return grid == null ? null : new GridBoxes(this, grid);
    }

    boolean isDown(int wire) {
        return down.contains(wire);
    }

    List<Device> devices() {
        return devices;
    }

    List<Wire> wires() {
        return wires;
    }

    boolean has(Device device) {
        return numberOf.containsKey(device);
    }

    /// The ways from one device to another, as shares by number of wire.
    EqualCostRoutes.Ways ways(Device from, Device to) {
        Integer a = numberOf.get(from);
        Integer b = numberOf.get(to);
        if (a == null || b == null) {
            throw new IllegalArgumentException("no " + (a == null ? from : to) + " in this node");
        }
        if (grid != null && down.isEmpty() && from.kind() == Kind.GPU && to.kind() == Kind.GPU) {
            return grid.ways(from.index(), to.index());
        }
        return routes.between(a, b);
    }

    /// What a wire is, for people.
    String nameOf(int wire) {
        Wire link = wires.get(wire);
        Device from = devices.get(link.from());
        Device to = devices.get(link.to());
        if (to.kind() == Kind.GPU_SWITCH && from.kind() == Kind.GPU) {
            return from + " " + link.generation() + " out" + switchNumber(to);
        }
        if (from.kind() == Kind.GPU_SWITCH && to.kind() == Kind.GPU) {
            return to + " " + link.generation() + " in" + switchNumber(from);
        }
        return from + " to " + to + " " + link.generation();
    }

    private static String switchNumber(Device gpuSwitch) {
        return gpuSwitch.index() == 0 ? "" : " " + gpuSwitch.index();
    }
}
