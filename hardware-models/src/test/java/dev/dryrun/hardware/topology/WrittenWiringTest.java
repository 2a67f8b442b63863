// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Problems;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WrittenWiringTest {
    private static final NetworkClass RDMA = new NetworkClass("rdma", 7e-6, 35e-6, 0.93, 0.72);

    /// Two processors with a PCIe switch each, below which hang two GPUs and an interface.
    private static final String BOX = """
        accelerator: a
        library: nccl
        gpus: 4
        wiring: written
        link: pcie4
        link_bandwidth: 31 GB/s
        nics: 2
        nic_bandwidth: 200 Gb/s
        pcie_bandwidth: 31 GB/s
        links:
          - link: pcie4
            bandwidth: 31 GB/s
            pairs:
              - gpu 0 - pcie-switch 0
              - gpu 1 - pcie-switch 0
              - gpu 2 - pcie-switch 1
              - gpu 3 - pcie-switch 1
              - nic 0 - pcie-switch 0
              - nic 1 - pcie-switch 1
              - pcie-switch 0 - cpu 0
              - pcie-switch 1 - cpu 1
          - {link: bus, bandwidth: 16 GB/s, pairs: [cpu 0 - cpu 1]}
        """;

    private static NodeType read(String yaml, Problems problems) {
        return NodeType.read("box", Document.read("box.yaml", yaml, problems).root());
    }

    private static NodeType box() {
        var problems = new Problems();
        NodeType node = read(BOX, problems);
        assertEquals(List.of(), problems.all());
        return node;
    }

    private static Network network(NodeType node, int nodes) {
        var shape = nodes == 1 ? new FabricShape.Alone() : FabricShape.Clos.leafSpine(false, 64, 1);
        return new Cluster(node, nodes, new Fabric("f", shape, 1e-7, 6e-7, RDMA)).network();
    }

    private static Map<String, Double> shares(Network network, Route route) {
        Map<String, Double> shares = new TreeMap<>();
        for (int i = 0; i < route.resources().length; i++) {
            shares.put(network.nameOf(route.resources()[i]), route.shares()[i]);
        }
        return shares;
    }

    @Test
    void trafficBetweenProcessorsTakesTheirBus() {
        Network network = network(box(), 1);
        assertTrue(shares(network, network.route(0, 2)).containsKey("node 0 cpu 0 to cpu 1 bus"));
        assertEquals(2, network.route(0, 1).resources().length);
    }

    /// A GPU and an interface below one switch do not load the processor.
    @Test
    void trafficToTheNetworkStaysBelowItsSwitch() {
        Network network = network(box(), 2);
        Map<String, Double> shares = shares(network, network.route(2, 4));
        assertTrue(shares.containsKey("node 0 pcie switch 1 to nic 1 pcie4"), shares::toString);
        assertTrue(shares.keySet().stream().noneMatch(name -> name.contains("cpu")), shares::toString);
    }

    /// One ring over all four crosses the bus once each way, which binds; within a switch nothing does but PCIe.
    @Test
    void ringsFollowTheTree() {
        Network network = network(box(), 1);
        RingUse all = network.ringAmong(0, new int[] {0, 1, 2, 3}, false);
        assertEquals(16e9, all.bytesPerSecond());
        assertEquals("bus", all.generation());
        RingUse two = network.ringAmong(0, new int[] {0, 1}, false);
        assertEquals(31e9, two.bytesPerSecond());
        assertEquals("pcie4", two.generation());
    }

    /// GPUs without a link of their own go through both common neighbours, half of the bytes each way.
    @Test
    void equallyShortWaysShareTheBytes() {
        var square = new NodeGraph.Builder();
        for (int gpu = 0; gpu < 4; gpu++) {
            square.link(NodeGraph.gpu(gpu), NodeGraph.gpu((gpu + 1) % 4), "nvlink2", 25e9, 1);
        }
        EqualCostRoutes.Ways ways = square.build().ways(NodeGraph.gpu(0), NodeGraph.gpu(2));
        assertEquals(4, ways.edges().length);
        assertArrayEquals(new double[] {0.5, 0.5, 0.5, 0.5}, ways.shares());
    }

    @Test
    void aGraphInTwoPartsIsAProblem() {
        var problems = new Problems();
        read(BOX.replace("  - {link: bus, bandwidth: 16 GB/s, pairs: [cpu 0 - cpu 1]}\n", ""), problems);
        assertEquals(
                List.of("box.yaml:11:3: links is a graph in several parts, but must lead from gpu 2 to gpu 0."),
                problems.all().stream().map(Object::toString).toList());
    }

    @Test
    void wrongLinksSayWhatIsWrong() {
        var problems = new Problems();
        read(
                BOX.replace("31 GB/s\n    pairs", "0 GB/s\n    pairs")
                        .replace("gpu 3 - pcie-switch 1", "gpu 3 - toaster 1")
                        .replace("nic 1 - pcie", "nic 7 - pcie"),
                problems);
        String all = problems.all().toString();
        assertTrue(all.contains("toaster"), all);
        assertTrue(all.contains("must be positive"), all);
        assertTrue(all.contains("must stay below"), all);
    }
}
