// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.List;
import java.util.Objects;

/// One kind of server: its GPUs, how they are joined, and its network interfaces. Bandwidths are raw and per
/// direction.
///
/// GPU `g` uses interface `g * nics / gpus` where interfaces are fewer than GPUs (neighbours share one), else the
/// `nics / gpus` interfaces from `g * nics / gpus` on.
///
/// @param accelerator catalog name of its GPUs
/// @param gpus GPUs of a node
/// @param library catalog name of the library that does its collectives; empty where none is known
/// @param wiring how they are joined
/// @param link generation of the link between them (`nvlink3`), by which a library knows its efficiency
/// @param linkBytesPerSecond switched: all links of one GPU together; otherwise one link
/// @param nics network interfaces; 0 for a node that stands alone
/// @param nicBytesPerSecond line rate of one interface
/// @param pcieBytesPerSecond between a GPU and its interfaces
/// @param links one by one, where the wiring is written out; else empty
/// @param grid axes of a torus; else without any
/// @param hostBytesPerSecond between a GPU and the memory of its host; 0 where it is not known
public record NodeType(
        String name,
        String title,
        String accelerator,
        String library,
        int gpus,
        DomainWiring wiring,
        String link,
        double linkBytesPerSecond,
        int nics,
        double nicBytesPerSecond,
        double pcieBytesPerSecond,
        List<NodeLink> links,
        GridShape grid,
        double hostBytesPerSecond) {
    private static final int MOST = 1024;
    private static final int LINKS_IN_2D = 4;
    private static final int LINKS_IN_3D = 6;
    private static final NodeLink.End FIRST_GPU = new NodeLink.End(Kind.GPU, 0);

    public NodeType {
        links = List.copyOf(links);
        if (gpus < 1) {
            throw new IllegalArgumentException("gpus is " + gpus + "; it must be at least 1");
        }
        if (nics < 0 || !fits(nics, gpus)) {
            throw new IllegalArgumentException(
                    "nics is " + nics + "; it must divide the " + gpus + " GPUs or be a multiple of them");
        }
        requireRate("linkBytesPerSecond", linkBytesPerSecond);
        if (nics > 0) {
            requireRate("nicBytesPerSecond", nicBytesPerSecond);
            requireRate("pcieBytesPerSecond", pcieBytesPerSecond);
        }
    }

    /// A node whose links follow from its wiring.
    public NodeType(
            String name,
            String title,
            String accelerator,
            String library,
            int gpus,
            DomainWiring wiring,
            String link,
            double linkBytesPerSecond,
            int nics,
            double nicBytesPerSecond,
            double pcieBytesPerSecond) {
        this(
                name,
                title,
                accelerator,
                library,
                gpus,
                wiring,
                link,
                linkBytesPerSecond,
                nics,
                nicBytesPerSecond,
                pcieBytesPerSecond,
                List.of());
    }

    /// A node that is no torus.
    public NodeType(
            String name,
            String title,
            String accelerator,
            String library,
            int gpus,
            DomainWiring wiring,
            String link,
            double linkBytesPerSecond,
            int nics,
            double nicBytesPerSecond,
            double pcieBytesPerSecond,
            List<NodeLink> links) {
        this(
                name,
                title,
                accelerator,
                library,
                gpus,
                wiring,
                link,
                linkBytesPerSecond,
                nics,
                nicBytesPerSecond,
                pcieBytesPerSecond,
                links,
                GridShape.NONE,
                pcieBytesPerSecond);
    }

    private static void requireRate(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be positive and finite");
        }
    }

    /// Reads a node as the catalog writes it. `network_bandwidth`, all interfaces together as a source adds them up, is
    /// there for people and tests.
    public static NodeType read(String name, Entry entry) {
        entry.allow("source", "date", "note", "extends", "name");
        if (entry.has("network_bandwidth")) {
            entry.figure("network_bandwidth", Unit.BYTES_PER_SECOND);
        }
        String title = entry.text("title", name);
        int gpus = (int) entry.integer("gpus", 1, MOST);
        int nics = (int) entry.integer("nics", 0, MOST);
        if (!fits(nics, gpus)) {
            entry.problem("nics", Integer.toString(nics), "must divide the number of GPUs or be a multiple of it", "");
            nics = 0;
        }
        boolean connected = nics > 0;
        DomainWiring wiring = entry.choice("wiring", DomainWiring.class);
        boolean written = wiring == DomainWiring.WRITTEN;
        List<NodeLink> links = written ? NodeLink.readAll(entry, gpus, nics) : List.of();
        GridShape grid = switch (wiring) {
            case TORUS_2D -> GridShape.read(entry, 2, gpus);
            case TORUS_3D -> GridShape.read(entry, 3, gpus);
            case SWITCHED, MESH, WRITTEN -> GridShape.NONE;
        };
        NodeType node = new NodeType(
                name,
                title,
                entry.name("accelerator", "accelerators"),
                Objects.requireNonNullElse(entry.optionalName("library", "libraries"), ""),
                gpus,
                wiring,
                entry.text("link"),
                entry.figure("link_bandwidth", Unit.BYTES_PER_SECOND).value(),
                nics,
                connected ? entry.figure("nic_bandwidth", Unit.BYTES_PER_SECOND).value() : 0,
                connected
                        ? entry.figure("pcie_bandwidth", Unit.BYTES_PER_SECOND).value()
                        : 0,
                links,
                grid,
                hostRate(entry));
        entry.rejectUnknownKeys();
        if (written && !links.isEmpty()) {
            node.gapsInLinks(entry);
        }
        return node;
    }

    /// Copies to the host go the way of the interfaces where no other is named.
    private static double hostRate(Entry entry) {
        for (String key : new String[] {"host_bandwidth", "pcie_bandwidth"}) {
            if (entry.has(key)) {
                return entry.figure(key, Unit.BYTES_PER_SECOND).value();
            }
        }
        return 0;
    }

    /// Reports GPUs that the links leave without a way to each other or to their interfaces.
    private void gapsInLinks(Entry entry) {
        NodeGraph graph = graph();
        for (int gpu = 0; gpu < gpus; gpu++) {
            NodeGraph.Device to = gpu == 0 && nics > 0 ? NodeGraph.nic(firstNicOf(gpu)) : NodeGraph.gpu(0);
            NodeGraph.Device nic = nics > 0 ? NodeGraph.nic(firstNicOf(gpu)) : to;
            for (NodeGraph.Device end : List.of(to, nic)) {
                if (!graph.has(end) || !graph.ways(NodeGraph.gpu(gpu), end).exists()) {
                    entry.problem("links", "a graph in several parts", "must lead from gpu " + gpu + " to " + end, "");
                    return;
                }
            }
        }
    }

    private static boolean fits(int nics, int gpus) {
        return nics == 0 || gpus % nics == 0 || nics % gpus == 0;
    }

    /// The same node with other interfaces.
    public NodeType withNics(int count, double bytesPerSecond) {
        return new NodeType(
                name,
                title,
                accelerator,
                library,
                gpus,
                wiring,
                link,
                linkBytesPerSecond,
                count,
                bytesPerSecond,
                pcieBytesPerSecond,
                links,
                grid,
                hostBytesPerSecond);
    }

    /// The part of such a node that a job uses: so many of its GPUs, with their interfaces.
    ///
    /// @throws IllegalArgumentException where its GPUs are not all joined alike, or interfaces do not come out even
    public NodeType withGpus(int count) {
        if (count == gpus) {
            return this;
        }
        if (wiring != DomainWiring.SWITCHED || count > gpus || (long) count * nics % gpus != 0) {
            throw new IllegalArgumentException(
                    "%s cannot be had with %d GPUs of its %d and %d interfaces".formatted(name, count, gpus, nics));
        }
        return new NodeType(
                name,
                title,
                accelerator,
                library,
                count,
                wiring,
                link,
                linkBytesPerSecond,
                (int) ((long) count * nics / gpus),
                nicBytesPerSecond,
                pcieBytesPerSecond,
                links,
                grid,
                hostBytesPerSecond);
    }

    /// The same node as a torus of these axes.
    public NodeType withGrid(GridShape shape) {
        return new NodeType(
                name,
                title,
                accelerator,
                library,
                shape.chips(),
                wiring,
                link,
                linkBytesPerSecond,
                nics,
                nicBytesPerSecond,
                pcieBytesPerSecond,
                links,
                shape,
                hostBytesPerSecond);
    }

    /// The graph inside such a node. Built anew at each call.
    NodeGraph graph() {
        return wiring.graph(this);
    }

    /// Raw bandwidth of all links of one GPU to the others of its node.
    public double gpuBytesPerSecond() {
        return switch (wiring) {
            case SWITCHED -> linkBytesPerSecond;
            case MESH -> linkBytesPerSecond * Math.max(1, gpus - 1);
            case TORUS_2D -> linkBytesPerSecond * LINKS_IN_2D;
            case TORUS_3D -> linkBytesPerSecond * LINKS_IN_3D;
            case WRITTEN ->
                links.stream()
                        .filter(l -> l.a().equals(FIRST_GPU) || l.b().equals(FIRST_GPU))
                        .filter(l -> l.generation().equals(link))
                        .mapToDouble(NodeLink::bytesPerSecond)
                        .sum();
        };
    }

    /// Interfaces that one GPU uses.
    public int nicsPerGpu() {
        return Math.max(1, nics / gpus);
    }

    /// First interface of a GPU.
    public int firstNicOf(int localGpu) {
        return (int) ((long) localGpu * nics / gpus);
    }

    /// Whether the way from a GPU to its interfaces is narrower than they are.
    public boolean pcieBinds() {
        return nics > 0 && pcieBytesPerSecond < nicBytesPerSecond * nicsPerGpu();
    }
}
