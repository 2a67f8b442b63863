// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The interfaces of a machine in the order in which its GPUs use them.
///
/// Interfaces that are no GPU's nearest, such as those for storage, are left out, and so are some where their number
/// would neither divide that of the GPUs nor be a multiple of it. Of the others each GPU takes its nearest in turn;
/// where there are fewer than GPUs, neighbours share one.
final class NicChoice {
    private final MachineGraph graph;
    private final List<Integer> gpus;
    private final List<Reach> reach;

    NicChoice(MachineGraph graph) {
        this.graph = graph;
        gpus = graph.ofKind(Kind.GPU);
        reach = gpus.stream().map(gpu -> new Reach(graph, gpu, true)).toList();
    }

    /// Numbers of parts, in the order of use.
    List<Integer> inOrder() {
        List<Integer> near = new ArrayList<>(nearest());
        while (!near.isEmpty() && gpus.size() % near.size() != 0 && near.size() % gpus.size() != 0) {
            Part dropped = graph.parts().get(near.removeLast());
            graph.leftOut(
                    dropped.at(),
                    "interface " + dropped.name(),
                    "the number of interfaces must divide that of the GPUs or be a multiple of it");
        }
        for (int nic : graph.ofKind(Kind.NIC)) {
            if (!nearest().contains(nic)) {
                Part dropped = graph.parts().get(nic);
                graph.leftOut(dropped.at(), "interface " + dropped.name(), "every GPU has a nearer one");
            }
        }
        return near.isEmpty() ? List.of() : dealt(near);
    }

    private Set<Integer> nearest() {
        Set<Integer> nearest = new TreeSet<>();
        for (Reach from : reach) {
            int least =
                    graph.ofKind(Kind.NIC).stream().mapToInt(from::hops).min().orElse(Integer.MAX_VALUE);
            graph.ofKind(Kind.NIC).stream()
                    .filter(nic -> least < Integer.MAX_VALUE && from.hops(nic) == least)
                    .forEach(nearest::add);
        }
        return nearest;
    }

    private List<Integer> dealt(List<Integer> nics) {
        List<Integer> left = new ArrayList<>(nics);
        List<Integer> dealt = new ArrayList<>();
        for (int slot = 0; slot < nics.size(); slot++) {
            int first = (int) ((long) slot * gpus.size() / nics.size());
            int last = Math.max(first, (int) ((long) (slot + 1) * gpus.size() / nics.size()) - 1);
            int best = left.stream()
                    .min(Comparator.comparingLong(nic -> distance(nic, first, last)))
                    .orElseThrow();
            dealt.add(best);
            left.remove(Integer.valueOf(best));
        }
        return dealt;
    }

    private long distance(int nic, int firstGpu, int lastGpu) {
        long sum = 0;
        for (int gpu = firstGpu; gpu <= lastGpu; gpu++) {
            sum += reach.get(gpu).hops(nic);
        }
        return sum;
    }
}
