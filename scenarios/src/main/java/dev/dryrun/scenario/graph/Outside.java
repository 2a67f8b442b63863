// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.List;

/// Whether machines reach what is outside of them over interfaces only, each with a rate and one cable into a switch.
final class Outside {
    private final MachineGraph graph;
    private final Problems problems;

    Outside(MachineGraph graph, Problems problems) {
        this.graph = graph;
        this.problems = problems;
    }

    /// Tells what is wrong.
    boolean check() {
        int before = problems.count();
        graph.cables().forEach(this::cable);
        for (int nic : graph.ofKind(Kind.NIC)) {
            interfaces(nic);
        }
        return problems.count() == before;
    }

    private void cable(Cable cable) {
        Part a = graph.parts().get(cable.a());
        Part b = graph.parts().get(cable.b());
        boolean inside = !a.machine().isEmpty() && a.machine().equals(b.machine());
        boolean between = a.machine().isEmpty() && b.machine().isEmpty();
        boolean ofInterface = (a.kind() == Kind.NIC && b.machine().isEmpty())
                || (b.kind() == Kind.NIC && a.machine().isEmpty());
        if (!inside && !between && !ofInterface) {
            problems.add(
                    cable.at(),
                    a.name() + " to " + b.name(),
                    "a link that leaves a machine",
                    "must lead from an interface (nic) of it to a switch (leaf or spine)",
                    "");
        }
    }

    private void interfaces(int nic) {
        Part part = graph.parts().get(nic);
        if (!(graph.lineOf(nic) > 0)) {
            problems.add(
                    part.at(),
                    "interface " + part.name(),
                    "without a rate",
                    "must say its bandwidth, or have a link to a switch that does",
                    "--nic-bandwidth 400 Gb/s");
        }
        List<Cable> out = graph.at(nic).stream()
                .filter(cable -> graph.parts().get(cable.other(nic)).machine().isEmpty())
                .toList();
        if (out.size() > 1) {
            problems.add(
                    out.get(1).at(),
                    "interface " + part.name(),
                    "with " + out.size() + " cables",
                    "must have one; a card of two ports is two interfaces",
                    "");
        }
    }
}
