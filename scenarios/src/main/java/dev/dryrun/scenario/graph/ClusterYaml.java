// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Problems;
import java.util.ArrayList;
import java.util.List;

/// Several machines as the block `cluster` of a scenario: a node, how many of it, and the switches between them.
final class ClusterYaml {
    private ClusterYaml() {}

    /// The block; empty where the machines are not alike, which is told.
    static List<String> lines(MachineGraph graph, String title, String from, Problems problems) {
        List<MachineGraph> machines =
                graph.machines().stream().map(graph::machine).toList();
        List<List<String>> nodes = new ArrayList<>();
        List<List<String>> nics = new ArrayList<>();
        for (MachineGraph machine : machines) {
            List<Integer> order = new NicChoice(machine).inOrder();
            nics.add(order.stream().map(nic -> machine.parts().get(nic).name()).toList());
            nodes.add(new NodeYaml(machine, order).lines(title, from));
            machine.findings().forEach(graph::tell);
        }
        List<String> first = alike(nodes.getFirst());
        for (int i = 1; i < nodes.size(); i++) {
            if (!alike(nodes.get(i)).equals(first)) {
                Part part = machines.get(i).parts().getFirst();
                problems.add(
                        part.at(),
                        "machine " + part.machine(),
                        "not like machine "
                                + machines.getFirst().parts().getFirst().machine(),
                        "all machines of a cluster must have the same parts and links",
                        "");
                return List.of();
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add("cluster:");
        lines.add("  node:");
        lines.add("    name: " + NodeYaml.quoted(title));
        nodes.getFirst().forEach(line -> lines.add("    " + line));
        lines.add("  nodes: " + nodes.size());
        lines.add("  fabric:");
        new FabricYaml(graph, nics).lines().forEach(line -> lines.add("    " + line));
        return lines;
    }

    /// Without the note, which names the interfaces of one machine.
    private static List<String> alike(List<String> node) {
        return node.subList(0, node.size() - 1);
    }
}
