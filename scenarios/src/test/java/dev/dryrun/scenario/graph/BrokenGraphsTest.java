// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/// Each mistake is told where it stands, with what was found and the rule.
class BrokenGraphsTest {
    private static String text(String file) throws Exception {
        return Files.readString(Graphs.FOLDER.resolve(file));
    }

    private static void assertTold(String format, String text, String... parts) {
        List<String> problems = Graphs.problems(format, text);
        for (String part : parts) {
            assertTrue(problems.stream().anyMatch(problem -> problem.contains(part)), problems.toString());
        }
        assertTrue(
                problems.stream().allMatch(problem -> problem.matches("(?s)(f:\\d+:\\d+|command line): .*\\.")),
                problems.toString());
    }

    @Test
    void elementsThatNobodyKnows() throws Exception {
        String sound = text("nccl/hgx-h100.xml");
        assertTold(
                "nccl-xml",
                sound.replaceFirst("<nvlink ", "<nvlnk "),
                "f:6:11: gpu is with an element nvlnk, but known elements are system, cpu, pci, gpu, nic, nvlink",
                "Maybe \"nvlink\"");
        assertTold("nccl-xml", sound.replaceFirst("<cpu ", "<cpu><nvlink/></cpu><cpu "), "below it may stand pci, nic");
        assertTold("graphml", "<graphml><grph/></graphml>", "f:1:10: graphml is with an element grph");
        assertTold("nccl-xml", "<graphs/>", "must be the topology itself");
    }

    @Test
    void brokenXmlAndDangerousXml() throws Exception {
        String sound = text("nccl/hgx-h100.xml");
        assertTold("nccl-xml", sound.substring(0, sound.length() / 2), "the file is not XML");
        assertTold(
                "nccl-xml",
                "<!DOCTYPE system [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<system>&x;</system>",
                "f:1:1: the file is one with a document type (DOCTYPE), but such files are not read");
        assertTold("graphml", "<graphml>&x;</graphml>", "\"x\" was referenced, but not declared");
        assertTold("graphml", "<a>".repeat(300), "nested deeply");
    }

    @Test
    void ratesOfZero() throws Exception {
        assertTold(
                "nccl-xml",
                text("nccl/hgx-h100.xml").replaceFirst("speed=\"400000\"", "speed=\"0\""),
                "f:11:11: net.speed is \"0\", but must be a rate in Mb/s above zero");
        assertTold(
                "graphml",
                text("graphml/box-8x-h100-pcie.graphml").replaceFirst("63 GB/s", "0 GB/s"),
                "edge from g0 to c0, bandwidth is \"0 GB/s\", but must be above zero");
        assertTold(
                "infragraph",
                text("infragraph/cluster.json").replaceFirst("(_per_second\": *)[0-9.]+", "$10"),
                "must be above zero");
        assertTold("nvidia-smi", text("nvidia-smi/hgx-h100.txt").replaceFirst("NV18", "NV0"), "must be at least one");
    }

    @Test
    void graphsInTwoParts() {
        String two = """
            <graphml><key id="k" for="node" attr.name="kind"/><key id="b" for="edge" attr.name="bandwidth"/>
            <graph edgedefault="undirected">
            <node id="a"><data key="k">gpu</data></node><node id="b"><data key="k">gpu</data></node>
            <node id="c"><data key="k">gpu</data></node>
            <edge source="a" target="b"><data key="b">25 GB/s</data></edge>
            </graph></graphml>
            """;
        assertTold(
                "graphml", two, "f:4:1: c is in another part of the graph than a, but the graph must be in one piece");
        assertTold("graphml", two.replace("gpu", "cpu"), "a graph without GPUs");
    }

    @Test
    void matricesThatAreNone() throws Exception {
        String sound = text("nvidia-smi/hgx-h100-alone.txt");
        assertTold(
                "nvidia-smi", sound.replaceFirst("NV18", "NVX"), "GPU0 to GPU1 is \"NVX\", but must be one of X, NV1");
        assertTold("nvidia-smi", sound.replaceFirst("NV18", "NV4"), "the other way it is NV4");
        List<String> lines = sound.lines().toList();
        assertTold("nvidia-smi", lines.get(0) + "\n" + lines.get(1), "without a row of GPU1, but must be square");
        assertTold(
                "nvidia-smi",
                "GPU0 GPU1\nGPU0 X\nGPU1 NV18 X\n",
                "row GPU0 is 1 words long, but must have one for each of 2");
        assertTold("nvidia-smi", "hello", "without a matrix");
        assertTold("nvidia-smi", "GPU0 GPU0\nGPU0 X PIX\nGPU0 PIX X\n", "f:1:6: the file is with two columns GPU0");
        assertTold(
                "nvidia-smi",
                "GPU0 GPU1 NIC0\nGPU0 X SYS PIX\nGPU1 SYS X PXB\nNIC0 PIX PXB X\n",
                "f:3:6: GPU1 to GPU0 is \"SYS\", but both hang on PCIe switches of NIC0");
        assertTold(
                "nvidia-smi",
                text("nvidia-smi/hgx-h100.txt").replaceFirst("(?m)^(GPU1\\s+)NV18", "$1"),
                "f:3:99: row GPU1 is 15 words long, but must have one for each of 16 columns");
    }

    private static String graphMl(String nodes, String edges) {
        return """
                <graphml><key id="k" for="node" attr.name="kind"/><key id="m" for="node" attr.name="node"/>
                <key id="a" for="node" attr.name="accelerator"/><key id="b" for="edge" attr.name="bandwidth"/>
                <graph edgedefault="undirected">
                """
                + nodes.replaceAll(
                        "(\\w+)=([\\w-]+)( in (\\w+))?,? ?",
                        "<node id=\"$1\"><data key=\"k\">$2</data><data key=\"m\">$4</data></node>\n")
                + edges.replaceAll(
                        "(\\w+)-(\\w+),? ?",
                        "<edge source=\"$1\" target=\"$2\"><data key=\"b\">10 GB/s</data></edge>\n")
                + "</graph></graphml>";
    }

    /// What leaves a machine otherwise than by one cable of an interface.
    @Test
    void linksThatLeaveAMachine() {
        String two = "a=gpu in A, n=nic in A, b=gpu in B, m=nic in B";
        String line = "without a rate, but must say its bandwidth";
        assertTold("graphml", graphMl(two, "a-n, b-m, n-m"), "n to m is a link that leaves a machine", line);
        assertTold("graphml", graphMl(two, "a-n, b-m, a-b"), "a to b is a link that leaves a machine");
        assertTold("graphml", graphMl("a=gpu in A, n=nic in A, b=gpu in A", "a-b, a-n"), "interface n is " + line);
        String leaves = two + ", x=leaf, y=leaf";
        assertTold(
                "graphml",
                graphMl(leaves, "a-n, b-m, n-x, m-x, m-y, x-y").replace("<data key=\"m\"></data>", ""),
                "interface m is with 2 cables, but must have one");
        assertTold(
                "graphml",
                graphMl("a=gpu, b=gpu, x=leaf", "a-x, b-x").replace("<data key=\"m\"></data>", ""),
                "a machine must be in one piece without what is outside");
    }

    @Test
    void gpusThatDiffer() {
        String said = graphMl("a=gpu in A, b=gpu in A", "a-b")
                .replaceFirst("(<node id=\"a\">)", "$1<data key=\"a\">h100-sxm-80gb</data>")
                .replaceFirst("(<node id=\"b\">)", "$1<data key=\"a\">a100-sxm-80gb</data>");
        var problems = new dev.dryrun.hardware.catalog.Problems();
        var source = new GraphSource("f", said, null, OptionalDouble.empty(), Graphs.CATALOG, problems);
        GraphImport.of(GraphFormats.byName("graphml"), source, "t");
        assertTrue(
                problems.all().toString().contains("all GPUs must be alike, and another is h100-sxm-80gb"),
                problems.all().toString());
    }

    @Test
    void machinesThatDiffer() throws Exception {
        String sound = text("graphml/cluster.graphml");
        String slower = sound.replaceFirst("450 GB/s", "449 GB/s");
        assertEquals(false, slower.equals(sound));
        assertTold("graphml", slower, "all machines of a cluster must have the same parts and links");
    }

    @Test
    void whatTheGpusAreMustBeSaid() {
        var problems = new dev.dryrun.hardware.catalog.Problems();
        Path file = Graphs.FOLDER.resolve("nvidia-smi/hgx-h100.txt");
        GraphFile.read("f", file, null, null, OptionalDouble.empty(), Graphs.CATALOG, problems);
        assertTrue(
                problems.all().toString().contains("--accelerator h100-sxm-80gb"),
                problems.all().toString());
    }
}
