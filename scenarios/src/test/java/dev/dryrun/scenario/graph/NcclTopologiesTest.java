// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.scenario.graph.Finding.Fate;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What real files of NCCL have beside the plain eight-GPU machine.
class NcclTopologiesTest {
    private static GraphImport read(String text) {
        var problems = new Problems();
        var source = new GraphSource("f", text, null, OptionalDouble.empty(), Graphs.CATALOG, problems);
        GraphImport imported = GraphImport.of(GraphFormats.byName("nccl-xml"), source, "t");
        problems.throwIfAny();
        return imported;
    }

    private static String cpu(String host, String numa, String inside) {
        return "<cpu host_hash=\"" + host + "\" numaid=\"" + numa + "\" arch=\"arm64\">" + inside + "</cpu>";
    }

    private static String gpu(String bus, int dev, String sm, String links) {
        return "<pci busid=\"" + bus
                + "\" class=\"0x030200\" link_speed=\"16.0 GT/s PCIe\" link_width=\"16\"><gpu dev=\"" + dev + "\" sm=\""
                + sm + "\" rank=\"" + dev + "\" gdr=\"1\">" + links + "</gpu></pci>";
    }

    private static String nic(String bus, String name) {
        return "<pci busid=\"" + bus + "\" class=\"0x020700\" link_speed=\"16.0 GT/s PCIe\" link_width=\"16\"><nic>"
                + "<net name=\"" + name + "\" dev=\"0\" speed=\"200000\"/></nic></pci>";
    }

    /// One domain of links over two hosts, whose GPUs have the same addresses: NCCL writes both into one file. Switches
    /// are not visible there, so their class is what NCCL takes them to be.
    @Test
    void oneDomainOverSeveralHosts() {
        String links = "<nvlink target=\"fffffff:ffff:ff\" count=\"18\" tclass=\"0x068000\"/>"
                + "<c2c bw=\"44712\" count=\"10\"/>";
        StringBuilder hosts = new StringBuilder("<system version=\"1\">");
        for (String host : List.of("0x1", "0x2")) {
            hosts.append(cpu(host, "0", gpu("0008:01:00.0", 0, "100", links) + gpu("0009:01:00.0", 1, "100", links)));
            hosts.append(cpu(host, "1", gpu("0018:01:00.0", 2, "100", links) + gpu("0019:01:00.0", 3, "100", links)));
        }
        GraphImport imported = read(hosts.append("</system>").toString());
        assertTrue(imported.yaml().contains("accelerator: gb200-186gb\n"), imported.yaml());
        assertTrue(imported.yaml().contains("gpus: 8\nwiring: switched\nlink: nvlink5\n"), imported.yaml());
        assertTrue(imported.yaml().contains("link_bandwidth: 900 GB/s\n"), imported.yaml());
    }

    /// Processors stand in the order in which they were come upon; GPUs are numbered as the host does.
    @Test
    void gpusAreNumberedByTheirHost() {
        String first = cpu("0x1", "1", gpu("0000:80:00.0", 2, "89", "") + nic("0000:81:00.0", "far"))
                .replace("arm64", "x86_64");
        String second = cpu("0x1", "0", gpu("0000:10:00.0", 0, "89", "") + nic("0000:11:00.0", "near"))
                .replace("arm64", "x86_64");
        GraphImport imported = read("<system version=\"1\">" + first + second + "</system>");
        // the first in the file stays the first only among processors
        assertTrue(imported.yaml().contains("cpu 0 - gpu 1"), imported.yaml());
        assertTrue(imported.yaml().contains("cpu 1 - gpu 0"), imported.yaml());
        assertTrue(imported.yaml().contains("in the order of use: near, far"), imported.yaml());
    }

    /// A job on four GPUs of a cube mesh: links to the others lead out of the file.
    @Test
    void linksToGpusOfOtherJobsAreLeftOut() {
        StringBuilder gpus = new StringBuilder();
        for (int i = 0; i < 4; i++) {
            int self = i;
            String links = IntStream.range(0, 4)
                    .filter(other -> other != self)
                    .mapToObj(other -> "<nvlink target=\"0000:0" + other + ":00.0\" count=\"1\" tclass=\"0x030200\"/>")
                    .reduce(
                            "<nvlink target=\"0000:0" + (self + 4) + ":00.0\" count=\"2\" tclass=\"0x030200\"/>",
                            (a, b) -> a + b);
            gpus.append(gpu("0000:0" + i + ":00.0", i, "70", links));
        }
        String sound = "<system version=\"1\">" + cpu("0x1", "0", gpus.toString()) + "</system>";
        GraphImport imported = read(sound);
        assertTrue(
                imported.yaml().contains("gpus: 4\nwiring: mesh\nlink: nvlink2\nlink_bandwidth: 25 GB/s\n"),
                imported.yaml());
        assertEquals(
                List.of(
                        "nvlink to 0000:04:00.0",
                        "nvlink to 0000:05:00.0",
                        "nvlink to 0000:06:00.0",
                        "nvlink to 0000:07:00.0"),
                imported.findings().stream()
                        .filter(finding -> finding.fate() == Fate.LEFT_OUT)
                        .map(Finding::what)
                        .toList());
        String nonsense = sound.replace("0000:04:00.0", "gpu four");
        assertTrue(Graphs.problems("nccl-xml", nonsense).getFirst().contains("must be the busid of another gpu"));
    }

    /// Files that clouds hand out for NCCL_TOPO_FILE list PCIe only.
    @Test
    void treesOfPcieAloneAreNoTopology() {
        String told = Graphs.problems(
                        "nccl-xml",
                        "<system version=\"1\"><cpu numaid=\"0\"><pci busid=\"0001:00:00.0\""
                                + " class=\"0x030200\"/></cpu></system>")
                .getFirst();
        assertTrue(told.contains("without a gpu") && told.contains("NCCL_TOPO_DUMP_FILE"), told);
    }
}
