// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.ClusterPart;
import dev.dryrun.hardware.topology.DomainWiring;
import dev.dryrun.hardware.topology.Fabric;
import dev.dryrun.hardware.topology.FabricShape.Clos;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkClass;
import dev.dryrun.hardware.topology.NodeType;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartCollectivesTest {
    private static final NetworkClass CLASS = new NetworkClass("test", 1e-6, 2e-6, 0.9, 0.9);
    private static final CollectiveLibrary NCCL = CollectiveLibrary.named("nccl");
    private static final CollectiveLibrary RCCL = CollectiveLibrary.named("rccl");

    private static NodeType node(String library, String link, DomainWiring wiring, double nicBytesPerSecond) {
        return new NodeType("n", "n", "none", library, 8, wiring, link, 300e9, 8, nicBytesPerSecond, 64e9);
    }

    private static NodeType nvidia(double nicBytesPerSecond) {
        return node("nccl", "nvlink4", DomainWiring.SWITCHED, nicBytesPerSecond);
    }

    private static PartCollectives of(CollectiveLibrary first, CollectiveLibrary second, NodeType a, NodeType b) {
        var fabric = new Fabric("test", Clos.leafSpine(false, 64, 1), 1e-7, 1e-6, CLASS);
        Network network =
                new Cluster(List.of(new ClusterPart(a, 1), new ClusterPart(b, 1)), fabric, List.of()).network();
        return new PartCollectives(network, List.of(first, second), NetworkTuning.NONE, quickest -> quickest);
    }

    private static int[] all() {
        return IntStream.range(0, 16).toArray();
    }

    /// Between a node with interfaces of 12 GB/s and one with 24, collectives take as long as between two with 12, but
    /// for what the core between the parts costs: no more than a switch each way for each of at most 2 x 15 steps. With
    /// both of 24 they are quicker.
    @ParameterizedTest
    @EnumSource(
            value = CollectiveKind.class,
            names = {"ALL_REDUCE", "ALL_GATHER", "REDUCE_SCATTER", "ALL_TO_ALL"})
    void theSlowerInterfacesSetTheRate(CollectiveKind kind) {
        double bytes = 1 << 30;
        PartCollectives mixed = of(NCCL, NCCL, nvidia(12e9), nvidia(24e9));
        PartCollectives slow = of(NCCL, NCCL, nvidia(12e9), nvidia(12e9));
        double expected = slow.of(all()).aloneSeconds(kind, bytes, all());
        double found = mixed.of(all()).aloneSeconds(kind, bytes, all());
        assertEquals(expected, found, 30 * 2 * 1e-7);
        double quick = of(NCCL, NCCL, nvidia(24e9), nvidia(24e9)).of(all()).aloneSeconds(kind, bytes, all());
        assertTrue(quick < 0.95 * found, kind + ": " + quick + " of " + found);
    }

    /// Inside a part its own library runs; between parts none is quicker than the slower of the two.
    @Test
    void librariesOfTwoVendorsAreAsSlowAsTheSlowerOne() {
        NodeType amd = node("rccl", "xgmi3", DomainWiring.MESH, 50e9);
        PartCollectives mixed = of(NCCL, RCCL, nvidia(50e9), amd);
        assertEquals("nccl", mixed.of(new int[] {0, 1}).library());
        assertEquals("rccl", mixed.of(new int[] {8, 9}).library());
        assertEquals("nccl with rccl", mixed.of(new int[] {7, 8}).library());
        for (double bytes : new double[] {1e3, 1e6, 1e9}) {
            int[] pair = {0, 8};
            double between = mixed.of(pair).aloneSeconds(CollectiveKind.ALL_REDUCE, bytes, pair);
            double nccl = of(NCCL, NCCL, nvidia(50e9), nvidia(50e9))
                    .of(pair)
                    .aloneSeconds(CollectiveKind.ALL_REDUCE, bytes, pair);
            double rccl = of(RCCL, RCCL, amd, amd).of(pair).aloneSeconds(CollectiveKind.ALL_REDUCE, bytes, pair);
            assertTrue(between >= Math.max(nccl, rccl) - 1e-12, bytes + ": " + between + " " + nccl + " " + rccl);
        }
    }

    @Test
    void eachConstantBetweenPartsIsTheSlowerOne() {
        CollectiveLibrary between = PartCollectives.between(NCCL, RCCL);
        assertEquals(Math.max(NCCL.baseSeconds(), RCCL.baseSeconds()), between.baseSeconds());
        assertEquals(Math.min(NCCL.treeShare(), RCCL.treeShare()), between.treeShare());
        assertTrue(between.links().keySet().containsAll(NCCL.links().keySet()));
        assertTrue(between.links().keySet().containsAll(RCCL.links().keySet()));
    }
}
