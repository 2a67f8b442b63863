// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// How the GPUs of a machine are joined, where that is one of the arrangements that need no list of links.
final class ScaleUp {
    private final MachineGraph graph;
    private final List<Integer> gpus;

    ScaleUp(MachineGraph graph, List<Integer> gpus) {
        this.graph = graph;
        this.gpus = gpus;
    }

    /// All links of a GPU, where each GPU has as many into switches, to each switch as much as any other GPU, and none
    /// to other GPUs.
    OptionalDouble switchedBytesPerSecond() {
        List<Integer> hubs = graph.ofKind(Kind.GPU_SWITCH);
        if (hubs.isEmpty() || between(Kind.GPU_SWITCH, Kind.GPU_SWITCH) || between(Kind.GPU_SWITCH, Kind.CPU)) {
            return OptionalDouble.empty();
        }
        double total = 0;
        for (int hub : hubs) {
            OptionalDouble each =
                    same(gpus.stream().mapToDouble(gpu -> rate(gpu, hub)).toArray());
            if (each.isEmpty()) {
                return each;
            }
            total += each.getAsDouble();
        }
        return total > 0 && !between(Kind.GPU, Kind.GPU) ? OptionalDouble.of(total) : OptionalDouble.empty();
    }

    /// The link of a pair, where each pair of GPUs has one of the same rate.
    OptionalDouble meshBytesPerSecond() {
        if (gpus.size() < 3 || !graph.ofKind(Kind.GPU_SWITCH).isEmpty()) {
            return OptionalDouble.empty();
        }
        double[] rates = new double[gpus.size() * (gpus.size() - 1) / 2];
        int size = 0;
        for (int a : gpus) {
            for (int b : gpus) {
                if (a < b) {
                    rates[size++] = rate(a, b);
                }
            }
        }
        OptionalDouble each = same(rates);
        return each.isPresent() && each.getAsDouble() > 0 ? each : OptionalDouble.empty();
    }

    /// The commonest generation of links between GPUs, else of the port of one, with the rate of a single link.
    Map.Entry<String, Double> mainLink() {
        Map<String, Integer> count = new TreeMap<>();
        for (Cable cable : graph.cables()) {
            if (isScaleUp(cable)) {
                count.merge(cable.link(), 1, Integer::sum);
            }
        }
        String link = count.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
        for (Cable cable : graph.cables()) {
            boolean ofGpu = cable.touches(gpus.getFirst()) || isScaleUp(cable);
            if (link.isEmpty() ? ofGpu : isScaleUp(cable) && cable.link().equals(link)) {
                return Map.entry(cable.link(), cable.bytesPerSecond());
            }
        }
        int pcie = graph.gpu().pcie();
        return Map.entry("pcie" + pcie, Rates.pcie(pcie));
    }

    private boolean isScaleUp(Cable cable) {
        return graph.isOf(cable, Kind.GPU, Kind.GPU) || graph.isOf(cable, Kind.GPU, Kind.GPU_SWITCH);
    }

    private boolean between(Kind one, Kind other) {
        return graph.cables().stream().anyMatch(cable -> graph.isOf(cable, one, other));
    }

    private double rate(int a, int b) {
        return graph.cables().stream()
                .filter(cable -> cable.touches(a) && cable.touches(b))
                .mapToDouble(Cable::totalBytesPerSecond)
                .sum();
    }

    private static OptionalDouble same(double[] rates) {
        for (double rate : rates) {
            if (Math.abs(rate - rates[0]) > 1e-9 * rates[0]) {
                return OptionalDouble.empty();
            }
        }
        return rates.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(rates[0]);
    }
}
