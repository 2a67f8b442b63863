// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.infragraph;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.graph.GpuFacts;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import dev.dryrun.scenario.graph.Rates;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Pairs of parts that edges join, and how fast they are: as the file says, else by what they join. The links of a GPU
/// to others of its kind share what the part has where the file gives no rates.
final class Cables {
    private static final List<String> SCHEMES = List.of("one2one", "many2many", "ring");
    private static final int MOST = 1_000_000;

    private record Pair(int a, int b, String name, @Nullable Entry link, OptionalDouble bytesPerSecond, Position at) {}

    private final GraphSource source;
    private final MachineGraph graph;
    private final Map<List<Integer>, List<Pair>> pairs = new LinkedHashMap<>();
    private final Map<Integer, Position> guessedLines = new LinkedHashMap<>();
    private int size;

    Cables(GraphSource source, MachineGraph graph) {
        this.source = source;
        this.graph = graph;
    }

    void add(Entry edge, Position at, List<Integer> ep1, List<Integer> ep2, String name, @Nullable Entry link) {
        String scheme = edge.word("scheme", SCHEMES, "many2many");
        if (ep1.isEmpty() || ep2.isEmpty()) {
            return;
        }
        OptionalDouble rate = LinkRate.bytesPerSecond(link);
        List<int[]> ends = new ArrayList<>();
        if ((long) ep1.size() * ep2.size() + size > MOST) {
            edge.problem("scheme", scheme, "must not make more than " + MOST + " links", "");
            return;
        }
        switch (scheme) {
            case "one2one" -> {
                int joined = Math.min(ep1.size(), ep2.size());
                if (ep1.size() != ep2.size()) {
                    graph.leftOut(
                            at,
                            "edge one2one",
                            "the ends name " + ep1.size() + " and " + ep2.size() + " things; the first " + joined
                                    + " of each are joined");
                }
                for (int i = 0; i < joined; i++) {
                    ends.add(new int[] {ep1.get(i), ep2.get(i)});
                }
            }
            case "ring" -> {
                for (int i = 0; i < ep1.size() && ep1.size() > 1; i++) {
                    ends.add(new int[] {ep1.get(i), ep1.get((i + 1) % ep1.size())});
                }
            }
            default -> {
                boolean among = ep1.equals(ep2);
                for (int a : ep1) {
                    for (int b : ep2) {
                        if (!among || a < b) {
                            ends.add(new int[] {a, b});
                        }
                    }
                }
            }
        }
        size += ends.size();
        for (int[] pair : ends) {
            if (pair[0] != pair[1]) {
                pairs.computeIfAbsent(
                                List.of(Math.min(pair[0], pair[1]), Math.max(pair[0], pair[1])),
                                key -> new ArrayList<>())
                        .add(new Pair(pair[0], pair[1], name, link, rate, at));
            }
        }
    }

    void join() {
        Map<Integer, Integer> scaleUp = new HashMap<>();
        for (List<Pair> parallel : pairs.values()) {
            for (Pair pair : parallel) {
                if (isScaleUp(pair)) {
                    scaleUp.merge(pair.a(), 1, Integer::sum);
                    scaleUp.merge(pair.b(), 1, Integer::sum);
                }
            }
        }
        pairs.values().forEach(parallel -> parallel.forEach(pair -> join(pair, scaleUp)));
        guessedLines.values().stream()
                .findFirst()
                .ifPresent(at -> graph.assumed(
                        at,
                        "rate of interfaces",
                        Math.round(Rates.usualNic(graph.gpu().pcie()) * 8 / 1e9)
                                + " Gb/s, what machines with PCIe of generation "
                                + graph.gpu().pcie()
                                + " mostly have; --nic-bandwidth says otherwise"));
    }

    private Kind kind(int part) {
        return graph.parts().get(part).kind();
    }

    private boolean isScaleUp(Pair pair) {
        Kind a = kind(pair.a());
        Kind b = kind(pair.b());
        return (a == Kind.GPU && (b == Kind.GPU || b == Kind.GPU_SWITCH)) || (a == Kind.GPU_SWITCH && b == Kind.GPU);
    }

    private void join(Pair pair, Map<Integer, Integer> scaleUp) {
        GpuFacts gpu = graph.gpu();
        Kind a = kind(pair.a());
        Kind b = kind(pair.b());
        boolean network = a == Kind.LEAF || b == Kind.LEAF;
        if (isScaleUp(pair)) {
            scaleUp(pair, scaleUp, gpu);
        } else if (network) {
            network(pair, a == Kind.NIC ? pair.a() : b == Kind.NIC ? pair.b() : -1);
        } else if (a == Kind.CPU && b == Kind.CPU) {
            add(pair, "bus", Rates.BUS, "a bus of 44 GB/s, as in the boxes of the catalog");
        } else if (a != Kind.GPU_SWITCH && b != Kind.GPU_SWITCH) {
            int generation = LinkRate.pcieGeneration(pair.name(), pair.link()).orElse(gpu.pcie());
            add(pair, "pcie" + generation, Rates.pcie(generation), "16 lanes of PCIe, generation " + generation);
            nic(pair, gpu);
        } else {
            graph.leftOut(pair.at(), "link " + pair.name(), "a port by which switches of GPUs are managed");
        }
    }

    private void scaleUp(Pair pair, Map<Integer, Integer> scaleUp, GpuFacts gpu) {
        if (gpu.links() == 0 && pair.bytesPerSecond().isEmpty()) {
            source.wrong(
                    pair.at(), "link", pair.name(), gpu.name() + " has no links to others; it needs a bandwidth", "");
            return;
        }
        int gpuEnd = kind(pair.a()) == Kind.GPU ? pair.a() : pair.b();
        int edges = scaleUp.getOrDefault(gpuEnd, 1);
        String link = gpu.link().isEmpty() ? "link" : gpu.link();
        add(
                pair,
                link,
                gpu.links() * gpu.linkBytesPerSecond() / edges,
                "an equal share of the " + gpu.links() + " links of a " + gpu.name());
    }

    private void network(Pair pair, int nic) {
        if (nic < 0 && pair.bytesPerSecond().isEmpty()) {
            source.wrong(pair.at(), "link", pair.name(), "a link between switches needs a bandwidth", "");
            return;
        }
        double usual =
                source.nicBytesPerSecond().orElse(Rates.usualNic(graph.gpu().pcie()));
        add(pair, "network", usual, Math.round(usual * 8 / 1e9) + " Gb/s, what such machines mostly have");
        if (nic >= 0) {
            guessedLines.remove(nic);
            graph.line(
                    nic, source.nicBytesPerSecond().orElse(pair.bytesPerSecond().orElse(usual)));
        }
    }

    private void nic(Pair pair, GpuFacts gpu) {
        int nic = kind(pair.a()) == Kind.NIC ? pair.a() : kind(pair.b()) == Kind.NIC ? pair.b() : -1;
        if (nic >= 0 && graph.lineOf(nic) == 0) {
            graph.line(nic, source.nicBytesPerSecond().orElse(Rates.usualNic(gpu.pcie())));
            if (source.nicBytesPerSecond().isEmpty()) {
                guessedLines.put(nic, pair.at());
            }
        }
    }

    private void add(Pair pair, String link, double otherwise, String why) {
        if (pair.bytesPerSecond().isEmpty()) {
            graph.assumed(pair.at(), "link " + pair.name(), why);
        }
        graph.join(pair.a(), pair.b(), link, pair.bytesPerSecond().orElse(otherwise), 1, pair.at());
    }
}
