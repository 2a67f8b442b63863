// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What stands between machines, as a fabric whose links are written out. Cables of interfaces are as fast as these;
/// latencies and what the network costs a library are those of the catalog's fat tree.
final class FabricYaml {
    private final MachineGraph graph;
    private final Map<String, String> nameOf = new LinkedHashMap<>();

    /// @param nics interfaces of each machine in the order of use, by name
    FabricYaml(MachineGraph graph, List<List<String>> nics) {
        this.graph = graph;
        for (int node = 0; node < nics.size(); node++) {
            for (int nic = 0; nic < nics.get(node).size(); nic++) {
                nameOf.put(nics.get(node).get(nic), "node " + node + " nic " + nic);
            }
        }
        int leaves = 0;
        int spines = 0;
        for (int i = 0; i < graph.parts().size(); i++) {
            Part part = graph.parts().get(i);
            if (part.machine().isEmpty()) {
                nameOf.put(part.name(), hasInterface(i) ? "leaf " + leaves++ : "spine " + spines++);
            }
        }
    }

    /// Whether an interface hangs on a switch.
    private boolean hasInterface(int part) {
        return graph.at(part).stream()
                .anyMatch(cable -> graph.parts().get(cable.other(part)).kind() == Kind.NIC);
    }

    List<String> lines() {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Cable cable : graph.cables()) {
            Part a = graph.parts().get(cable.a());
            Part b = graph.parts().get(cable.b());
            String from = nameOf.get(a.name());
            String to = nameOf.get(b.name());
            boolean between = a.machine().isEmpty() || b.machine().isEmpty();
            if (between && from != null && to != null) {
                boolean ofInterface = !a.machine().isEmpty() || !b.machine().isEmpty();
                String head = ofInterface
                        ? ""
                        : "bandwidth: " + NodeYaml.lineRate(cable.bytesPerSecond())
                                + (cable.count() > 1 ? ", count: " + cable.count() : "") + ", ";
                rows.computeIfAbsent(head, row -> new ArrayList<>())
                        .add(b.machine().isEmpty() ? from + " - " + to : to + " - " + from);
            }
        }
        List<String> lines = new ArrayList<>(List.of("type: fat-tree", "kind: written", "links:"));
        rows.forEach((head, pairs) -> lines.add("  - {" + head + "pairs: [" + String.join(", ", pairs) + "]}"));
        return lines;
    }
}
