// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.List;

/// Whether a graph has GPUs, and ways between them all.
final class OnePiece {
    private OnePiece() {}

    /// Tells what is missing.
    static boolean check(MachineGraph graph, Position start, Problems problems) {
        List<Integer> gpus = graph.ofKind(Kind.GPU);
        if (gpus.isEmpty()) {
            problems.add(start, "", "a graph without GPUs", "must have at least one", "");
            return false;
        }
        return isJoined(graph, "the graph must be in one piece", problems)
                && graph.machines().stream()
                        .map(graph::machine)
                        .allMatch(machine ->
                                isJoined(machine, "a machine must be in one piece without what is outside", problems));
    }

    private static boolean isJoined(MachineGraph graph, String rule, Problems problems) {
        List<Integer> gpus = graph.ofKind(Kind.GPU);
        if (gpus.isEmpty()) {
            return true;
        }
        var reach = new Reach(graph, gpus.getFirst(), false);
        for (int gpu : gpus) {
            if (!reach.has(gpu)) {
                Part lost = graph.parts().get(gpu);
                String first = graph.parts().get(gpus.getFirst()).name();
                problems.add(lost.at(), lost.name(), "in another part of the graph than " + first, rule, "");
                return false;
            }
        }
        return true;
    }
}
