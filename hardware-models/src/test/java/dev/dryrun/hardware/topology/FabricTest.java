// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FabricTest {
    private static final NetworkClass RDMA = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);

    private static Fabric fabric(FabricShape shape) {
        return new Fabric("test", shape, 1e-7, 6e-7, RDMA);
    }

    private static NodeType node(int gpus, int nics) {
        return new NodeType("n", "n", "a", "nccl", gpus, DomainWiring.SWITCHED, "nvlink4", 450e9, nics, 50e9, 63e9);
    }

    /// DGX SuperPOD: a unit is 32 nodes; each of its 8 leaves has 32 of 64 ports down.
    @Test
    void aUnitOfASuperPodHas32Nodes() {
        var rails = FabricShape.Clos.leafSpine(true, 64, 1);
        assertEquals(32, rails.nodesPerLeaf(node(8, 8)));
        Network network = new Cluster(node(8, 8), 128, fabric(rails)).network();
        int leaf = network.route(0, 8 * 32).resources()[1];
        assertEquals(32 * 50e9, network.capacityBytesPerSecond()[leaf]);
    }

    /// Folded Clos: 48 ports at 2:1 are 32 down and 16 up.
    @Test
    void oversubscriptionSplitsThePorts() {
        var tree = FabricShape.Clos.leafSpine(false, 48, 2);
        assertEquals(4, tree.nodesPerLeaf(node(8, 8)));
        Network network = new Cluster(node(8, 8), 8, fabric(tree)).network();
        int up = network.route(0, 8 * 4).resources()[1];
        assertEquals("leaf 0 up", network.nameOf(up));
        assertEquals(16 * 50e9, network.capacityBytesPerSecond()[up]);
    }

    @Test
    void interfacesMustSpreadEvenly() {
        assertThrows(IllegalArgumentException.class, () -> node(8, 3));
        assertEquals(2, node(4, 8).nicsPerGpu());
        assertEquals(1, node(8, 4).firstNicOf(3));
    }

    @Test
    void severalNodesNeedANetwork() {
        Fabric none = fabric(new FabricShape.Alone());
        assertThrows(IllegalArgumentException.class, () -> new Cluster(node(8, 8), 2, none));
        assertEquals(16, new Cluster(node(8, 8), 1, none).network().resources());
    }
}
