// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.NetworkTuning;
import dev.dryrun.hardware.topology.NetworkExport;
import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.hardware.topology.RingUse;
import dev.dryrun.scenario.network.BenchCall;
import dev.dryrun.scenario.network.CollectiveBench;
import dev.dryrun.scenario.spec.ClusterAlone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedNodesTest {
    private static final int[] EIGHT = IntStream.range(0, 8).toArray();

    @TempDir
    private Path folder;

    /// The links of a DGX-1V are six rings of 25 GB/s through all eight GPUs.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "nvidia-smi/dgx-1v-2018.txt",
                "nccl/dgx-1v.xml",
                "graphml/dgx-1v.graphml",
                "infragraph/dgx-1v.yaml"
            })
    void aDgx1HasItsSixRings(String file) {
        ClusterAlone cluster = Graphs.cluster(Graphs.sound(Graphs.FOLDER.resolve(file)), 1);
        RingUse rings = cluster.cluster().network().ringAmong(0, EIGHT, false);
        assertEquals(6 * 25e9, rings.bytesPerSecond(), 1);
        RingUse shipped = Graphs.shipped("dgx-1v", 1).cluster().network().ringAmong(0, EIGHT, false);
        assertEquals(shipped.bytesPerSecond(), rings.bytesPerSecond(), 1);
        assertEquals("nvlink2", rings.generation());
    }

    /// The same machine described by another program is the same machine: two of it take as long as two of the
    /// catalog's own. What a file cannot say must not matter here: the bus of a PCIe box is that of NCCL's table in its
    /// XML, so that box is left to the formats that say nothing of it.
    @ParameterizedTest
    @CsvSource({
        "nvidia-smi/hgx-h100.txt, hgx-h100",
        "nccl/hgx-h100.xml, hgx-h100",
        "graphml/hgx-h100.graphml, hgx-h100",
        "infragraph/hgx-h100.yaml, hgx-h100",
        "nvidia-smi/dgx-a100.txt, dgx-a100-80gb",
        "nccl/dgx-a100.xml, dgx-a100-80gb",
        "graphml/dgx-a100.graphml, dgx-a100-80gb",
        "infragraph/dgx-a100.yaml, dgx-a100-80gb",
        "nccl/mi300x.xml, mi300x-platform",
        "graphml/mi300x.graphml, mi300x-platform",
        "infragraph/mi300x.yaml, mi300x-platform",
        "nvidia-smi/box-8x-h100-pcie.txt, box-8x-h100-pcie",
        "graphml/box-8x-h100-pcie.graphml, box-8x-h100-pcie",
        "infragraph/box-8x-h100-pcie.yaml, box-8x-h100-pcie"
    })
    void anImportedNodeIsAsQuickAsThatOfTheCatalog(String file, String node) {
        GraphImport imported = Graphs.sound(Graphs.FOLDER.resolve(file));
        assertEquals(1, imported.machines());
        assertSameTimes(Graphs.shipped(node, 2), Graphs.cluster(imported, 2), 16);
    }

    private static void assertSameTimes(ClusterAlone expected, ClusterAlone actual, int gpus) {
        List<CollectiveBench.Row> first = bench(expected, gpus);
        List<CollectiveBench.Row> second = bench(actual, gpus);
        for (int i = 0; i < first.size(); i++) {
            assertEquals(
                    first.get(i).seconds(),
                    second.get(i).seconds(),
                    1e-9 * first.get(i).seconds());
            assertEquals(first.get(i).algorithm(), second.get(i).algorithm());
        }
    }

    private static List<CollectiveBench.Row> bench(ClusterAlone alone, int gpus) {
        var collectives = new Collectives(alone.cluster().network(), alone.library(), NetworkTuning.NONE);
        int[] group = IntStream.range(0, gpus).toArray();
        return CollectiveBench.run(collectives, new BenchCall(CollectiveKind.ALL_REDUCE, group), 0x1p13, 0x1p33)
                .rows();
    }

    /// A matrix without interfaces is a node that stands alone.
    @ParameterizedTest
    @CsvSource({
        "nvidia-smi/hgx-h100-alone.txt, hgx-h100, 8",
        "rocm-smi/mi300x.txt, mi300x-platform, 8",
        "rocm-smi/mi250x.txt, , 8",
        "rocm-smi/mi355x-4.txt, , 4",
        "rocm-smi/box-4x-mi300x-pcie.txt, , 4",
        "nvidia-smi/box-8x-l40s-switches.txt, , 8",
        "nccl/box-8x-h100-pcie.xml, , 8",
        "nccl/cloud-4x-a100.xml, , 4"
    })
    void othersRunAlone(String file, String node, int gpus) {
        ClusterAlone alone = Graphs.cluster(Graphs.sound(Graphs.FOLDER.resolve(file)), 1);
        assertEquals(gpus, alone.cluster().gpus());
        if (node != null) {
            assertSameTimes(Graphs.shipped(node, 1), alone, gpus);
        } else {
            assertTrue(bench(alone, gpus).getLast().busBytesPerSecond() > 1e9);
        }
    }

    /// What `network show --graphml` writes of a machine comes back as that machine.
    @ParameterizedTest
    @ValueSource(
            strings = {"dgx-1v", "hgx-h100", "dgx-a100-80gb", "mi300x-platform", "box-8x-l40s", "summit", "frontier"})
    void ourOwnGraphsComeBack(String node) throws Exception {
        ClusterAlone shipped = Graphs.shipped(node, 1);
        Path file = folder.resolve(node + ".graphml");
        Files.writeString(file, NetworkExport.graphMl(shipped.cluster().network()));
        GraphImport imported =
                GraphFile.read("f", file, null, null, OptionalDouble.empty(), Graphs.CATALOG, new Problems());
        ClusterAlone back = Graphs.cluster(imported, 1);
        assertEquals(
                shipped.cluster().node().accelerator(), back.cluster().node().accelerator());
        assertSameTimes(shipped, back, shipped.cluster().gpus());
    }

    /// A DGX A100 has ten interfaces, two of them for storage, behind PCIe switches of their own.
    @Test
    void interfacesThatNoGpuIsNearToAreLeftOut() {
        GraphImport imported = Graphs.sound(Graphs.FOLDER.resolve("nvidia-smi/dgx-a100.txt"));
        NodeType node = Graphs.cluster(imported, 1).cluster().node();
        assertEquals(8, node.nics());
        assertEquals(
                2,
                imported.findings().stream()
                        .filter(finding -> finding.fate() == Finding.Fate.LEFT_OUT)
                        .count());
    }

    /// Four machines with two GPUs each: the interfaces' cables, and the links of two leaves to what is above them.
    @ParameterizedTest
    @ValueSource(strings = {"graphml/cluster.graphml", "infragraph/cluster.json"})
    void severalMachinesAreACluster(String file) {
        GraphImport imported = Graphs.sound(Graphs.FOLDER.resolve(file));
        assertEquals(4, imported.machines());
        assertTrue(imported.yaml().contains("  nodes: 4\n"), imported.yaml());
        assertTrue(imported.yaml().contains("kind: written"), imported.yaml());
        for (int node = 0; node < 4; node++) {
            for (int nic = 0; nic < 2; nic++) {
                assertTrue(
                        imported.yaml().contains("node " + node + " nic " + nic + " - leaf " + nic), imported.yaml());
            }
        }
        assertTrue(imported.yaml().contains("{bandwidth: 400 Gb/s"), imported.yaml());
        assertTrue(imported.yaml().contains("leaf 1 - spine 0"), imported.yaml());
    }

    /// Ends of which one names more things than the other are joined in order, and a switch of NVLinks may be a thing
    /// that the format has no word for.
    @Test
    void infraGraphsPairInOrder() {
        String graph = """
            name: box
            components:
            - {name: gpu, choice: npu, count: 4}
            - {name: nvl, choice: custom, count: 1, description: NVLink Switch}
            - {name: nic, choice: nic, count: 4}
            - {name: slot, choice: custom, custom: {type: pcie}, count: 8}
            edges:
            - {ep1: {component: gpu}, ep2: {component: nvl}, link: nvlink, scheme: many2many}
            - {ep1: {component: gpu}, ep2: {component: slot}, link: pcie, scheme: one2one}
            - {ep1: {component: nic}, ep2: {component: "slot[0:4]"}, link: pcie, scheme: one2one}
            links: [{name: nvlink}, {name: pcie}]
            """;
        var problems = new Problems();
        var source = new GraphSource("f", graph, "a100-sxm-80gb", OptionalDouble.empty(), Graphs.CATALOG, problems);
        GraphImport imported = GraphImport.of(GraphFormats.byName("infragraph"), source, "box");
        problems.throwIfAny();
        NodeType node = Graphs.cluster(imported, 1).cluster().node();
        // Each of a GPU's twelve links, which the file gives no rate, leads into the one switch: 12 times 25 GB/s.
        assertTrue(
                imported.yaml().contains("wiring: switched\nlink: nvlink3\nlink_bandwidth: 300 GB/s"), imported.yaml());
        assertEquals(4, node.nics());
        // nor does it give the interfaces one
        assertTrue(imported.yaml().contains("# Assumed, rate of interfaces: 200 Gb/s"), imported.yaml());
    }
}
