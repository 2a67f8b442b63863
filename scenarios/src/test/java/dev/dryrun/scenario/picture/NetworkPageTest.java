// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.scenario.graph.xml.XmlElement;
import dev.dryrun.scenario.graph.xml.XmlTree;
import dev.dryrun.scenario.network.Way;
import dev.dryrun.scenario.spec.ScenarioReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkPageTest {
    private static Network network(String node, int nodes) {
        return new ScenarioReader(new Catalog(List.of()))
                .readCluster("c.yaml", "cluster: {node: " + node + ", nodes: " + nodes + "}")
                .cluster()
                .network();
    }

    private static String page(String node, int nodes, int from, int to) {
        Network network = network(node, nodes);
        return NetworkPage.write(network, Way.of(network, from, to));
    }

    /// The picture of a page, which must be sound XML.
    private static List<XmlElement> drawn(String page) {
        String svg = page.substring(page.indexOf("<svg"), page.indexOf("</svg>") + "</svg>".length());
        var problems = new Problems();
        XmlElement root = XmlTree.read("page", svg, problems);
        assertNotNull(root, () -> problems.all().toString());
        List<XmlElement> all = new ArrayList<>();
        collect(root, all);
        return all;
    }

    private static void collect(XmlElement element, List<XmlElement> all) {
        all.add(element);
        element.children().forEach(child -> collect(child, all));
    }

    private static long count(List<XmlElement> drawn, String style) {
        return drawn.stream()
                .filter(element -> element.attribute("class", "").equals(style))
                .count();
    }

    /// All of a DGX-1V is drawn: 8 GPUs, 16 pairs with links, and of the four on the two ways from GPU 0 to GPU 7 one
    /// binds: the single link from GPU 3.
    @Test
    void aDgx1IsDrawnWhole() {
        List<XmlElement> drawn = drawn(page("dgx-1v", 1, 0, 7));
        assertEquals(6, count(drawn, "box gpu"));
        assertEquals(2, count(drawn, "box gpu end"));
        assertEquals(12, count(drawn, "line up"));
        assertEquals(3, count(drawn, "line way"));
        assertEquals(1, count(drawn, "line binds"));
        XmlElement binds = drawn.stream()
                .filter(element -> element.attribute("class", "").equals("line binds"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "node 0 gpu 3 (rank 3) - node 0 gpu 7 (rank 7): 25.0 GB/s each way, binds",
                binds.children().getFirst().text());
    }

    /// Of a large cluster the first nodes and the ends of the way are drawn, and all others counted.
    @ParameterizedTest
    @CsvSource({"dgx-a100-80gb, 128, 4, + 124 more", "gb200-nvl72, 16, 2, + 14 more", "frontier, 64, 4, + 60 more"})
    void theRestIsCounted(String node, int nodes, int shown, String more) {
        Network network = network(node, nodes);
        int last = network.cluster().gpus() - 1;
        List<XmlElement> drawn = drawn(NetworkPage.write(network, Way.of(network, 0, last)));
        assertEquals(shown, count(drawn, "frame"));
        assertTrue(drawn.stream().anyMatch(element -> element.text().equals(more)));
        assertEquals(2, count(drawn, "box gpu end"));
    }

    /// Boxes of one row never overlap, and nothing lies beyond the edges.
    @ParameterizedTest
    @CsvSource({
        "dgx-1v, 4",
        "hgx-h100, 4",
        "gb200-nvl72, 4",
        "frontier, 32",
        "box-8x-l40s, 2",
        "mi300x-platform, 1",
        "tpu-v5e-pod, 1",
        "tpu-v5p-cube, 1"
    })
    void nothingOverlaps(String node, int nodes) {
        Network network = network(node, nodes);
        var selection =
                new Selection(network, Way.of(network, 0, network.cluster().gpus() - 1));
        var placement = new Placement(selection);
        List<Spot> spots = List.copyOf(placement.spots().values());
        assertEquals(selection.devices().size(), spots.size());
        for (int i = 0; i < spots.size(); i++) {
            Spot a = spots.get(i);
            assertTrue(a.left() >= 0 && a.right() <= Placement.WIDTH && a.top() >= 0, a.toString());
            assertTrue(a.bottom() <= placement.height(), a.toString());
            for (int j = 0; j < i; j++) {
                Spot b = spots.get(j);
                assertFalse(a.y() == b.y() && Math.abs(a.x() - b.x()) < (a.width() + b.width()) / 2, a + " " + b);
            }
        }
    }

    @Test
    void thePageAsksNothingOfAnyOther() {
        String page = page("hgx-h100", 4, 0, 31);
        assertFalse(
                page.contains("http") || page.contains("<script") || page.contains("url(") || page.contains("@import"));
        assertTrue(page.contains("prefers-color-scheme: dark") && page.contains("@media print"));
        assertEquals(page, page("hgx-h100", 4, 0, 31));
        assertTrue(page.contains("<tr class=\"binds\"><td>node 0 nic 0 out (binds)</td><td>50.0 GB/s</td>"), page);
    }

    private static List<XmlElement> drawn(String cluster, int from, int to) {
        Network network = new ScenarioReader(new Catalog(List.of()))
                .readCluster("c.yaml", cluster)
                .cluster()
                .network();
        return drawn(NetworkPage.write(network, Way.of(network, from, to)));
    }

    private static String title(List<XmlElement> drawn, String style) {
        return drawn.stream()
                .filter(element -> element.attribute("class", "").equals(style))
                .findFirst()
                .orElseThrow()
                .children()
                .getFirst()
                .text();
    }

    /// What is slow is dashed, what is down dotted; nodes with such parts are drawn, however far they are.
    @Test
    void whatIsSlowOrDownIsSeen() {
        String cluster = """
            cluster:
              node: hgx-h100
              nodes: 16
              fabric: rail-optimised
              degraded: [{device: node 9 nic 2, rate: 0.5}, {device: node 12 nic 3, rate: 0}]
            """;
        List<XmlElement> drawn = drawn(cluster, 0, 7);
        assertEquals("node 9 nic 2 - leaf 2: 25.0 GB/s each way, 50.0 % of its rate", title(drawn, "line net slow"));
        assertEquals("node 12 nic 3 - leaf 3: down", title(drawn, "line net down"));
        assertEquals(1, count(drawn, "line net slow"));
        assertEquals(1, count(drawn, "line net down"));
        // 4 nodes have 32 cables, and each of 8 leaves a line to the spine
        assertEquals(38, count(drawn, "line net"));
    }

    /// A link of a mesh that is down is gone around over six others, each of which takes a share.
    @Test
    void whatIsDownIsNotOnTheWay() {
        String cluster =
                "cluster: {node: mi300x-platform, nodes: 1, " + "degraded: [{link: node 0 gpu 0 - gpu 7, rate: 0}]}";
        List<XmlElement> drawn = drawn(cluster, 0, 7);
        assertEquals("node 0 gpu 0 (rank 0) - node 0 gpu 7 (rank 7): down", title(drawn, "line up down"));
        assertEquals(12, count(drawn, "line way") + count(drawn, "line binds"));
    }

    /// All of a torus is drawn: 16 by 16 chips with two links each, the ten of the way among them.
    @Test
    void aTorusIsAGrid() {
        List<XmlElement> drawn = drawn("cluster: {node: tpu-v5e-pod, nodes: 1}", 0, 100);
        assertEquals(254, count(drawn, "box gpu"));
        assertEquals(502, count(drawn, "line up"));
        assertEquals(9, count(drawn, "line way"));
        assertEquals(1, count(drawn, "line binds"));
    }

    /// A spine that only another spine leads to.
    @Test
    void switchesBehindSwitchesAreDrawn() {
        String cluster = """
            cluster:
              node: hgx-h100
              nodes: 4
              fabric:
                type: fat-tree
                kind: written
                links:
                  - {pairs: [node * nic k - leaf k]}
                  - {bandwidth: 400 Gb/s, pairs: [leaf 0-7 - spine 0]}
                  - {bandwidth: 100 Gb/s, pairs: [spine 0 - spine 2]}
            """;
        assertEquals(2, count(drawn(cluster, 0, 31), "box spine"));
    }

    /// Inside a node no interface, switch or line takes time, so none is told of.
    @Test
    void waysInsideANodeHaveNoLatency() {
        assertTrue(page("mi300x-platform", 1, 0, 7).contains("<caption>From rank 0 to rank 7</caption>"));
        assertTrue(page("hgx-h100", 2, 0, 8).contains("us of interfaces, switches and lines</caption>"));
    }

    /// A doubling is half a pixel.
    @Test
    void linesAreAsWideAsTheyAreFast() {
        assertEquals(0.5, NetworkPicture.width(100e9) - NetworkPicture.width(50e9), 1e-9);
        assertTrue(NetworkPicture.width(1e6) > 0 && NetworkPicture.width(1e18) <= 8);
    }
}
