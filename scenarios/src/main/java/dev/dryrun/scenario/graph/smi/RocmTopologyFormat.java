// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.smi;

import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.graph.GpuFacts;
import dev.dryrun.scenario.graph.GraphFormat;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import dev.dryrun.scenario.graph.Rates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `rocm-smi --showtopo` prints: matrices of hops and of kinds of link between GPUs, and the processor that each
/// is near. It says nothing of interfaces.
public final class RocmTopologyFormat implements GraphFormat {
    private static final String MACHINE = "machine";
    private static final Pattern KINDS = Pattern.compile("Link Type between");
    private static final Pattern HOPS = Pattern.compile("Hops between");
    private static final Pattern NUMA = Pattern.compile("\\s*GPU\\[(\\d{1,4})]\\s*:.*Numa Node: (\\d{1,4})\\s*");

    @Override
    public String name() {
        return "rocm-smi";
    }

    @Override
    public boolean recognises(String text) {
        return KINDS.matcher(text).find();
    }

    @Override
    public @Nullable MachineGraph read(GraphSource source) {
        List<String> lines = source.text().lines().toList();
        var reader = new MatrixReader(source, lines);
        int before = source.problems().count();
        Matrix kinds = reader.from(section(lines, KINDS));
        Matrix hops = section(lines, HOPS) < lines.size() ? reader.from(section(lines, HOPS)) : null;
        GpuFacts gpu = source.gpu(null);
        if (kinds == null) {
            if (source.problems().count() == before) {
                source.wrong(source.start(), "", "without kinds of links", "must hold a matrix of them", "");
            }
            return null;
        }
        boolean sound = new MatrixCheck(source, kinds, List.of("XGMI", "PCIE"), "0").isSound();
        if (!sound || gpu == null || source.problems().count() > before) {
            return null;
        }
        var graph = new MachineGraph(gpu);
        for (int i = 0; i < kinds.devices().size(); i++) {
            graph.add(
                    Kind.GPU,
                    kinds.devices().get(i),
                    MACHINE,
                    kinds.rows().get(i).at());
        }
        join(source, graph, kinds, hops);
        processors(source, graph, lines);
        return graph;
    }

    private static int section(List<String> lines, Pattern title) {
        for (int i = 0; i < lines.size(); i++) {
            if (title.matcher(lines.get(i)).find()) {
                return i + 1;
            }
        }
        return lines.size();
    }

    private static void join(GraphSource source, MachineGraph graph, Matrix kinds, @Nullable Matrix hops) {
        GpuFacts gpu = graph.gpu();
        int size = kinds.devices().size();
        Matrix usable = hops != null && hops.devices().equals(kinds.devices()) ? hops : null;
        for (int a = 0; a < size; a++) {
            for (int b = a + 1; b < size; b++) {
                boolean direct = usable == null || usable.word(a, b).equals("1");
                if (kinds.word(a, b).equals("XGMI") && direct) {
                    if (gpu.links() == 0) {
                        source.wrong(
                                kinds.rows().get(a).words().get(b).at(),
                                "accelerator",
                                gpu.name(),
                                "it has no links to others of its kind, and the file has some",
                                "another --accelerator");
                        return;
                    }
                    graph.join(
                            a,
                            b,
                            gpu.link(),
                            gpu.linkBytesPerSecond(),
                            1,
                            kinds.rows().get(a).at());
                }
            }
        }
        graph.assumed(
                source.start(), "XGMI", "one link for each pair with one hop between them; the file has no counts");
        graph.leftOut(
                source.start(), "interfaces", "none in such a file: nics is 0; set it to have more than one node");
    }

    private static void processors(GraphSource source, MachineGraph graph, List<String> lines) {
        Map<Integer, Integer> cpus = new LinkedHashMap<>();
        int gpus = graph.ofKind(Kind.GPU).size();
        for (String line : lines) {
            Matcher matcher = NUMA.matcher(line);
            if (matcher.matches() && Integer.parseInt(matcher.group(1)) < gpus) {
                int near = Integer.parseInt(matcher.group(2));
                Integer cpu = cpus.get(near);
                if (cpu == null) {
                    cpu = graph.add(Kind.CPU, "cpu " + near, MACHINE, source.start());
                    for (int other : cpus.values()) {
                        graph.join(other, cpu, "bus", Rates.BUS, 1, source.start());
                    }
                    cpus.put(near, cpu);
                }
                int generation = graph.gpu().pcie();
                graph.join(
                        Integer.parseInt(matcher.group(1)),
                        cpu,
                        "pcie" + generation,
                        Rates.pcie(generation),
                        1,
                        source.start());
            }
        }
        if (!cpus.isEmpty()) {
            graph.assumed(
                    source.start(), "PCIe", "16 lanes from each GPU to its processor; a bus of 44 GB/s between these");
        }
    }
}
