// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.FabricShape.Clos;
import dev.dryrun.hardware.topology.FabricShape.Clos.Tier;
import dev.dryrun.hardware.topology.FabricShape.Dragonfly;
import dev.dryrun.hardware.topology.FabricShape.TwoSites;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FabricShapeTest {
    private static final NetworkClass RDMA = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);

    private static Network network(FabricShape shape, int nodes, int gpus, int nics, double nicBytesPerSecond) {
        var node = new NodeType(
                "n", "n", "a", "nccl", gpus, DomainWiring.SWITCHED, "nvlink4", 450e9, nics, nicBytesPerSecond, 63e9);
        return new Cluster(node, nodes, new Fabric("f", shape, 1e-7, 6e-7, RDMA)).network();
    }

    private static double capacity(Network network, String name) {
        for (int resource = 0; resource < network.resources(); resource++) {
            if (network.nameOf(resource).equals(name)) {
                return network.capacityBytesPerSecond()[resource];
            }
        }
        throw new IllegalArgumentException("no " + name);
    }

    /// A k-ary fat tree of three tiers: k pods of k/2 leaves of k/2 hosts, k^3/4 hosts in all; a way has 1, 3 or 5
    /// switches. Source: Al-Fares, Loukissas, Vahdat, 2008, doi:10.1145/1402958.1402967.
    @Test
    void aFatTreeOfThreeTiers() {
        int k = 8;
        var shape = new Clos(false, k, 1, 1, List.of(new Tier(k / 2, 1)), Routing.BALANCED, 1);
        Network network = network(shape, k * k * k / 4, 1, 1, 25e9);
        assertEquals(0.5 * k * 25e9, capacity(network, "leaf 0 up"));
        assertEquals(0.25 * k * k * 25e9, capacity(network, "tier 2 group 0 up"));
        assertEquals(k * k / 2 * 2 + k * 2 + 2 * network.cluster().nodes(), network.resources());
        double nics = 2 * 6e-7;
        assertEquals(nics + 1e-7, network.route(0, 1).latencySeconds(), 1e-15);
        assertEquals(nics + 3e-7, network.route(0, k / 2).latencySeconds(), 1e-15);
        assertEquals(nics + 5e-7, network.route(0, k * k / 4).latencySeconds(), 1e-15);
    }

    /// Two planes: each interface has a leaf in both, and half of the bytes take each.
    @Test
    void planesSplitTheBytes() {
        var shape = new Clos(true, 64, 1, 2, List.of(), Routing.BALANCED, 1);
        Network network = network(shape, 128, 8, 8, 50e9);
        Route route = network.route(0, 8 * 127);
        Map<String, Double> shares = new HashMap<>();
        for (int i = 0; i < route.resources().length; i++) {
            shares.put(network.nameOf(route.resources()[i]), route.shares()[i]);
        }
        assertEquals(0.5, shares.get("leaf 0 up"));
        assertEquals(0.5, shares.get("leaf 1 up"));
        assertEquals(32 * 50e9 / 2, capacity(network, "leaf 0 up"));
    }

    /// Every flow keeps to one spine, some spines get several flows and others none, and another seed draws anew.
    @Test
    void hashedFlowsCollide() {
        Set<String> onSpines = new HashSet<>();
        Set<String> draws = new HashSet<>();
        for (long seed = 1; seed <= 5; seed++) {
            var shape = new Clos(false, 32, 1, 1, List.of(), Routing.HASH, seed);
            Network network = network(shape, 32, 1, 1, 25e9);
            int[] flows = new int[16];
            for (int host = 0; host < 16; host++) {
                String up = network.nameOf(network.route(host, 16 + host).resources()[1]);
                assertTrue(up.matches("leaf 0 up to spine \\d+"), up);
                flows[Integer.parseInt(up.substring(up.lastIndexOf(' ') + 1))]++;
                onSpines.add(up);
            }
            int most = 0;
            for (int count : flows) {
                most = Math.max(most, count);
            }
            // 16 flows on 16 spines: all on different ones in 16!/16^16 of draws, one in 900,000.
            assertTrue(most > 1);
            draws.add(List.of(flows[0], flows[1], flows[2], flows[3]).toString());
            assertEquals(25e9, capacity(network, "leaf 0 up to spine 0"));
        }
        assertEquals(16, onSpines.size());
        assertTrue(draws.size() > 1);
    }

    /// Frontier: 32 switches of 16 interfaces a group, 128 nodes, 12.8 TB/s injected and 7.2 TB/s out of a group with
    /// 9 global ports a switch: 57 % taper. Source: OLCF, Frontier user guide.
    @Test
    void aGroupOfFrontier() {
        var shape = new Dragonfly(16, 32, 80, 9, Routing.BALANCED);
        Network network = network(shape, 9408, 8, 4, 25e9);
        assertEquals(128, shape.nodesPerGroup(network.cluster().node()));
        assertEquals(7.2e12, capacity(network, "group 0 global out"));
        assertEquals(7.2e12 / 79, capacity(network, "group 0 to group 73"), 1);
        assertEquals(31 * 25e9, capacity(network, "group 0 switch 0 local out"));
        Set<String> switches = new HashSet<>();
        for (int nic = 0; nic < 4; nic++) {
            Route route = network.route(2 * nic, 8 * 130 + 2 * nic);
            switches.add(network.nameOf(route.resources()[1]));
        }
        assertEquals(4, switches.size());
    }

    /// What crosses the line waits for it; what stays does not.
    @Test
    void aLineHasItsLatency() {
        var shape = new TwoSites(Clos.leafSpine(true, 64, 1), 4, 12.5e9, 10e-3);
        Network network = network(shape, 8, 8, 8, 50e9);
        assertEquals(10e-3, network.route(0, 8 * 4).lineSeconds());
        assertEquals(0, network.route(0, 8).lineSeconds());
        assertEquals(0, network.route(8 * 4, 8 * 5).lineSeconds());
        assertEquals(12.5e9, capacity(network, "line between the sites out"));
    }
}
