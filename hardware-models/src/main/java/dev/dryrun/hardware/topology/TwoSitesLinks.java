// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.FabricShape.TwoSites;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Links of two sites: those of a fabric over all nodes, then the line there and back. What crosses it enters and
/// leaves the fabrics at their tops.
final class TwoSitesLinks implements FabricLinks {
    /// What numbers of switches of the second site begin with.
    static final int SECOND_SITE = 1 << 28;

    /// Weight of the line in the choice of ways: it is there only for what must cross it.
    private static final double LINE = 10;

    private final TwoSites shape;
    private final FabricLinks first;
    private final FabricLinks second;
    private final int nics;
    private final int line;
    private final double[] capacity;

    /// @param oneByOne whether links side by side are resources of their own
    TwoSitesLinks(TwoSites shape, Cluster cluster, boolean oneByOne) {
        this.shape = shape;
        nics = cluster.node().nics();
        int here = Math.min(shape.nodesPerSite(), cluster.nodes());
        first = siteLinks(cluster.ofNodes(here), oneByOne);
        second = cluster.nodes() > here ? siteLinks(cluster.ofNodes(cluster.nodes() - here), oneByOne) : new NoLinks();
        double[] a = first.capacityBytesPerSecond();
        double[] b = second.capacityBytesPerSecond();
        line = a.length + b.length;
        capacity = Arrays.copyOf(a, cluster.nodes() > here ? line + 2 : line);
        System.arraycopy(b, 0, capacity, a.length, b.length);
        Arrays.fill(capacity, line, capacity.length, shape.bytesPerSecond());
    }

    @Override
    public double[] capacityBytesPerSecond() {
        return capacity;
    }

    private FabricLinks siteLinks(Cluster part, boolean oneByOne) {
        return oneByOne ? shape.site().linksOneByOne(part) : shape.site().links(part);
    }

    @Override
    public boolean hasLines() {
        return true;
    }

    @Override
    public double lineSeconds(int link) {
        return link >= line ? shape.lineSeconds() : 0;
    }

    private boolean isSecond(int port) {
        return port / nics >= shape.nodesPerSite();
    }

    @Override
    public void addWay(int from, int to, double share, int firstResource, RouteBuilder route) {
        int moved = shape.nodesPerSite() * nics;
        int behind = firstResource + first.capacityBytesPerSecond().length;
        if (isSecond(from) == isSecond(to)) {
            if (isSecond(from)) {
                second.addWay(from - moved, to - moved, share, behind, route);
            } else {
                first.addWay(from, to, share, firstResource, route);
            }
            return;
        }
        addEnd(from, true, share, firstResource, route);
        route.add(firstResource + line + (isSecond(from) ? 1 : 0), share);
        addEnd(to, false, share, firstResource, route);
        route.along(shape.lineSeconds());
    }

    private void addEnd(int port, boolean out, double share, int firstResource, RouteBuilder route) {
        if (isSecond(port)) {
            int behind = firstResource + first.capacityBytesPerSecond().length;
            second.addWayOut(port - shape.nodesPerSite() * nics, out, share, behind, route);
        } else {
            first.addWayOut(port, out, share, firstResource, route);
        }
    }

    @Override
    public void addWayOut(int port, boolean out, double share, int firstResource, RouteBuilder route) {
        addEnd(port, out, share, firstResource, route);
    }

    @Override
    public List<Vertex> top() {
        return first.top();
    }

    @Override
    public String nameOf(int link) {
        int ofFirst = first.capacityBytesPerSecond().length;
        if (link >= line) {
            return "line between the sites" + (link == line ? " out" : " back");
        }
        return link < ofFirst ? "site 0 " + first.nameOf(link) : "site 1 " + second.nameOf(link - ofFirst);
    }

    @Override
    public List<Edge> edges() {
        List<Edge> edges = new ArrayList<>(first.edges());
        int ofFirst = first.capacityBytesPerSecond().length;
        for (Edge edge : second.edges()) {
            edges.add(new Edge(
                    moved(edge.from()), moved(edge.to()), edge.link() < 0 ? -1 : ofFirst + edge.link(), edge.weight()));
        }
        for (Vertex here : first.top()) {
            for (Vertex there : second.top()) {
                edges.add(new Edge(here, moved(there), line, LINE));
                edges.add(new Edge(moved(there), here, line + 1, LINE));
            }
        }
        return edges;
    }

    private Vertex moved(Vertex vertex) {
        return vertex.kind() == Kind.NIC
                ? new Vertex(Kind.NIC, vertex.node() + shape.nodesPerSite(), vertex.index())
                : new Vertex(vertex.kind(), -1, vertex.index() + SECOND_SITE);
    }
}
