// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.smi;

import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.graph.GpuFacts;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import java.util.List;

/// The NVLinks of a matrix. Where a GPU has more of them to its peers together than the part has at all, they lead into
/// switches and each peer is reached over all of them; else each pair has its own.
final class NvLinks {
    private final GraphSource source;
    private final Matrix matrix;
    private final MachineGraph graph;

    NvLinks(GraphSource source, Matrix matrix, MachineGraph graph) {
        this.source = source;
        this.matrix = matrix;
        this.graph = graph;
    }

    void join() {
        List<Integer> gpus = graph.ofKind(Kind.GPU);
        int most = gpus.stream().mapToInt(this::sum).max().orElse(0);
        GpuFacts facts = graph.gpu();
        if (most == 0) {
            return;
        }
        if (facts.links() == 0) {
            source.wrong(
                    matrix.rows().getFirst().at(),
                    "accelerator",
                    facts.name(),
                    "it has no NVLinks, and the matrix has some",
                    "another --accelerator");
        } else if (most > facts.links()) {
            throughSwitches(gpus, facts);
        } else {
            for (int a : gpus) {
                for (int b : gpus) {
                    if (a < b && count(a, b) > 0) {
                        join(a, b, facts, count(a, b));
                    }
                }
            }
            graph.read(source.start(), "NVLink", "links of each pair of GPUs, " + most + " a GPU at most");
        }
    }

    private void throughSwitches(List<Integer> gpus, GpuFacts facts) {
        int hub = graph.add(Kind.GPU_SWITCH, "switches", "machine", source.start());
        for (int gpu : gpus) {
            int links = gpus.stream().mapToInt(other -> count(gpu, other)).max().orElse(0);
            if (links > facts.links()) {
                source.wrong(
                        matrix.rows().get(gpu).at(),
                        matrix.devices().get(gpu),
                        links + " NVLinks wide",
                        facts.name() + " has " + facts.links(),
                        "another --accelerator");
            } else if (links > 0) {
                join(gpu, hub, facts, links);
            }
        }
        graph.read(
                source.start(),
                "NVLink",
                "into switches, since a GPU has " + facts.links() + " links and the matrix has more to its peers");
    }

    private void join(int a, int b, GpuFacts facts, int count) {
        graph.join(
                a,
                b,
                facts.link(),
                facts.linkBytesPerSecond(),
                count,
                matrix.rows().get(a).at());
    }

    private int sum(int gpu) {
        return graph.ofKind(Kind.GPU).stream()
                .mapToInt(other -> count(gpu, other))
                .sum();
    }

    private int count(int a, int b) {
        String word = matrix.word(a, b);
        return word.startsWith("NV") ? Integer.parseInt(word.substring(2)) : 0;
    }
}
