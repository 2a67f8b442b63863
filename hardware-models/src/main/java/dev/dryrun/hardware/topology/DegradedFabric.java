// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.topology.Degraded.Part;
import dev.dryrun.hardware.topology.FabricLinks.Edge;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The fabric of a cluster with some links slow or down: the graph of what is left.
///
/// A link that stands for several (the global links of a dragonfly's group) loses as much as those of them that are
/// named. Of a dragonfly with minimal routing only what enters and leaves a group is counted then.
final class DegradedFabric {
    private DegradedFabric() {}

    static FabricLinks of(Cluster cluster) {
        List<Degraded> between = cluster.degraded().stream()
                .filter(d -> d.part() instanceof Part.Between)
                .toList();
        FabricShape shape = cluster.fabric().shape();
        return between.isEmpty() ? shape.links(cluster) : of(shape.linksOneByOne(cluster), cluster, between);
    }

    static GraphLinks of(FabricLinks whole, Cluster cluster, List<Degraded> between) {
        List<Edge> edges = whole.edges();
        double[] left = new double[edges.size()];
        java.util.Arrays.fill(left, 1);
        for (Degraded degraded : between) {
            if (degraded.part() instanceof Part.Between(Vertex a, Vertex b)) {
                degrade(edges, left, a, b, degraded);
            }
        }
        int links = whole.capacityBytesPerSecond().length;
        double[] sum = new double[links];
        int[] count = new int[links];
        for (int i = 0; i < left.length; i++) {
            if (edges.get(i).link() >= 0) {
                sum[edges.get(i).link()] += left[i];
                count[edges.get(i).link()]++;
            }
        }
        double[] capacity = whole.capacityBytesPerSecond().clone();
        double[] lineSeconds = new double[links];
        List<String> names = new ArrayList<>();
        for (int link = 0; link < links; link++) {
            capacity[link] *= count[link] == 0 ? 1 : sum[link] / count[link];
            lineSeconds[link] = whole.lineSeconds(link);
            names.add(whole.nameOf(link));
        }
        List<Edge> up = new ArrayList<>();
        Set<Edge> cablesDown = new HashSet<>();
        for (int i = 0; i < left.length; i++) {
            Edge edge = edges.get(i);
            boolean cable = edge.from().kind() == Kind.NIC || edge.to().kind() == Kind.NIC;
            if (left[i] > 0 || cable) {
                up.add(edge);
            }
            if (left[i] == 0 && cable) {
                cablesDown.add(edge);
            }
        }
        var parts = new GraphLinks.Parts(
                List.copyOf(up), Set.copyOf(cablesDown), capacity, lineSeconds, List.copyOf(names));
        FabricShape shape = cluster.fabric().shape();
        return new GraphLinks(
                parts, cluster.nodes(), cluster.node().nics(), shape.routing(), shape.seed(), whole.top());
    }

    private static void degrade(
            List<Edge> edges, double[] left, Vertex a, @org.jspecify.annotations.Nullable Vertex b, Degraded degraded) {
        if (b == null && !degraded.isDown()) {
            throw new IllegalArgumentException(degraded.part() + " has rate " + degraded.rate()
                    + "; a switch is down as a whole or links of it are slow");
        }
        boolean found = false;
        for (int i = 0; i < left.length; i++) {
            Vertex from = edges.get(i).from();
            Vertex to = edges.get(i).to();
            boolean here = b == null
                    ? from.equals(a) || to.equals(a)
                    : (from.equals(a) && to.equals(b)) || (from.equals(b) && to.equals(a));
            if (here) {
                left[i] *= degraded.rate();
                found = true;
            }
        }
        if (!found) {
            throw new IllegalArgumentException("the fabric has no " + degraded.part());
        }
    }
}
