// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.smi;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.graph.GpuFacts;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import dev.dryrun.scenario.graph.Rates;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Builds the tree of PCIe that the classes of a matrix tell of, from the devices up: those with one switch between
/// them hang on a switch, several switches on one above, these on a processor, and processors on a bus. NVLinks are
/// added as [NvLinks] says.
final class PathTree {
    private static final String MACHINE = "machine";

    private final GraphSource source;
    private final Matrix matrix;
    private final MachineGraph graph;
    private final Map<String, String> nicNames;

    PathTree(GraphSource source, Matrix matrix, MachineGraph graph, Map<String, String> nicNames) {
        this.source = source;
        this.matrix = matrix;
        this.graph = graph;
        this.nicNames = nicNames;
    }

    /// Devices below one part of the tree.
    ///
    /// @param top number of that part
    /// @param members positions in the matrix
    private record Branch(int top, List<Integer> members) {}

    MachineGraph build() {
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i < matrix.devices().size(); i++) {
            branches.add(new Branch(device(i), List.of(i)));
        }
        new NvLinks(source, matrix, graph).join();
        String pcie = "pcie" + graph.gpu().pcie();
        double rate = Rates.pcie(graph.gpu().pcie());
        branches = grouped(branches, Kind.PCIE_SWITCH, "switch", List.of(PathClass.PIX), pcie, rate);
        branches = grouped(branches, Kind.PCIE_SWITCH, "upper switch", List.of(PathClass.PXB), pcie, rate);
        branches = underProcessors(branches, pcie, rate);
        for (int i = 1; i < branches.size(); i++) {
            for (int j = 0; j < i; j++) {
                graph.join(branches.get(j).top(), branches.get(i).top(), "bus", Rates.BUS, 1, source.start());
            }
        }
        if (branches.size() > 1) {
            graph.assumed(source.start(), "bus", "44 GB/s between processors, as in the boxes of the catalog: a prior");
        }
        graph.assumed(
                source.start(),
                "PCIe",
                "16 lanes of generation " + graph.gpu().pcie() + ", which the GPUs have, everywhere");
        return graph;
    }

    private int device(int position) {
        String name = matrix.devices().get(position);
        Position at = matrix.rows().get(position).at();
        if (name.matches("GPU\\d+")) {
            return graph.add(Kind.GPU, name, MACHINE, at);
        }
        String driver = nicNames.get(name);
        int number = graph.add(Kind.NIC, driver == null ? name : name + " " + driver, MACHINE, at);
        GpuFacts gpu = graph.gpu();
        graph.line(number, source.nicBytesPerSecond().orElse(Rates.usualNic(gpu.pcie())));
        if (source.nicBytesPerSecond().isEmpty()) {
            graph.assumed(
                    at,
                    "rate of interfaces",
                    Math.round(Rates.usualNic(gpu.pcie()) * 8 / 1e9) + " Gb/s, what machines with PCIe of generation "
                            + gpu.pcie() + " mostly have; --nic-bandwidth says otherwise");
        }
        return number;
    }

    /// Branches with such a path between them come below a new part; single ones stay.
    private List<Branch> grouped(
            List<Branch> branches, Kind kind, String name, List<PathClass> classes, String link, double rate) {
        List<Branch> grouped = new ArrayList<>();
        for (List<Branch> group : groups(branches, classes)) {
            grouped.add(group.size() == 1 ? group.getFirst() : under(group, kind, name, link, rate));
        }
        return grouped;
    }

    private List<Branch> underProcessors(List<Branch> branches, String link, double rate) {
        List<Branch> processors = new ArrayList<>();
        for (List<Branch> group : groups(branches, List.of(PathClass.PHB, PathClass.NODE))) {
            processors.add(under(group, Kind.CPU, "cpu " + processors.size(), link, rate));
        }
        return processors;
    }

    private Branch under(List<Branch> group, Kind kind, String name, String link, double rate) {
        int top = graph.add(kind, name, MACHINE, source.start());
        List<Integer> members = new ArrayList<>();
        for (Branch branch : group) {
            graph.join(branch.top(), top, link, rate, 1, source.start());
            members.addAll(branch.members());
        }
        return new Branch(top, List.copyOf(members));
    }

    /// NVLinks hide the class of two GPUs, which then follows from their ways to others and from the memory they are
    /// near to.
    private List<List<Branch>> groups(List<Branch> branches, List<PathClass> classes) {
        List<List<Branch>> groups = new ArrayList<>();
        for (Branch branch : branches) {
            List<Branch> joined = new ArrayList<>(List.of(branch));
            List<List<Branch>> others = new ArrayList<>();
            for (List<Branch> group : groups) {
                if (group.stream().anyMatch(other -> near(branch, other, classes))) {
                    joined.addAll(0, group);
                } else {
                    others.add(group);
                }
            }
            joined.sort(Comparator.comparingInt(other -> first(List.of(other))));
            others.add(joined);
            groups = others;
        }
        groups.sort(Comparator.comparingInt(PathTree::first));
        return groups;
    }

    private static int first(List<Branch> group) {
        return group.stream()
                .flatMap(branch -> branch.members().stream())
                .mapToInt(Integer::intValue)
                .min()
                .orElse(0);
    }

    private boolean near(Branch a, Branch b, List<PathClass> classes) {
        for (int i : a.members()) {
            for (int j : b.members()) {
                if (PathClass.of(matrix.word(i, j)).filter(classes::contains).isPresent()) {
                    return true;
                }
                if (classes.contains(PathClass.NODE) && matrix.word(i, j).startsWith("NV") && sameMemory(i, j)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether two rows end in the same words: processors and memory that are near.
    private boolean sameMemory(int a, int b) {
        List<String> near = words(a);
        return !near.isEmpty() && near.equals(words(b));
    }

    private List<String> words(int row) {
        return matrix.rows().get(row).rest().stream().map(Matrix.Word::text).toList();
    }
}
