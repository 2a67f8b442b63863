// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Unit;
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
        double pcieBytesPerSecond) {
    private static final int MOST = 1024;

    public NodeType {
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
        switch (wiring) {
            case TORUS_2D -> GridShape.check(entry, 2, gpus);
            case TORUS_3D -> GridShape.check(entry, 3, gpus);
            case SWITCHED, MESH, HYBRID_CUBE_MESH, TWO_ISLANDS, DIE_PAIRS, PCIE_TREE -> {}
        }
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
                        : 0);
        entry.rejectUnknownKeys();
        return node;
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
                pcieBytesPerSecond);
    }

    /// Raw bandwidth of all links of one GPU to the others of its node.
    public double gpuBytesPerSecond() {
        return linkBytesPerSecond * wiring.linksOfGpu(gpus);
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
