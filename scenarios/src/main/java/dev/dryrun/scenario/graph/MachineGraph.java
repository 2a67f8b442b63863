// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parts of a machine, or of several and what stands between them, as a reader finds them. Grows while it is read.
public final class MachineGraph {
    private final List<Part> parts = new ArrayList<>();
    private final List<Cable> cables = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Integer, Double> lines = new LinkedHashMap<>();
    private final GpuFacts gpu;

    /// @param gpu what its GPUs are
    public MachineGraph(GpuFacts gpu) {
        this.gpu = gpu;
    }

    public GpuFacts gpu() {
        return gpu;
    }

    /// Adds a part and returns its number.
    public int add(Kind kind, String name, String machine, Position at) {
        parts.add(new Part(kind, name, machine, at));
        return parts.size() - 1;
    }

    /// Adds parallel links of one rate between two parts.
    public void join(int a, int b, String link, double bytesPerSecond, int count, Position at) {
        cables.add(new Cable(a, b, link, bytesPerSecond, count, at));
    }

    /// Says at what rate an interface sends into the network.
    public void line(int nic, double bytesPerSecond) {
        lines.put(nic, bytesPerSecond);
    }

    /// Rate at which an interface sends into the network; 0 where nobody said.
    public double lineOf(int nic) {
        return lines.getOrDefault(nic, 0.0);
    }

    public void read(Position at, String what, String note) {
        tell(new Finding(at, Finding.Fate.READ, what, note));
    }

    public void assumed(Position at, String what, String note) {
        tell(new Finding(at, Finding.Fate.ASSUMED, what, note));
    }

    public void leftOut(Position at, String what, String note) {
        tell(new Finding(at, Finding.Fate.LEFT_OUT, what, note));
    }

    /// The same thing is told once, where it came up first.
    void tell(Finding finding) {
        boolean known = findings.stream()
                .anyMatch(f -> f.fate() == finding.fate()
                        && f.what().equals(finding.what())
                        && f.note().equals(finding.note()));
        if (!known) {
            findings.add(finding);
        }
    }

    public List<Part> parts() {
        return Collections.unmodifiableList(parts);
    }

    public List<Cable> cables() {
        return Collections.unmodifiableList(cables);
    }

    public List<Finding> findings() {
        return Collections.unmodifiableList(findings);
    }

    /// Numbers of the parts of a kind, in the order of the file.
    public List<Integer> ofKind(Kind kind) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).kind() == kind) {
                numbers.add(i);
            }
        }
        return numbers;
    }

    /// Cables at a part.
    List<Cable> at(int part) {
        return cables.stream().filter(cable -> cable.touches(part)).toList();
    }

    boolean isOf(Cable cable, Kind one, Kind other) {
        Kind a = parts.get(cable.a()).kind();
        Kind b = parts.get(cable.b()).kind();
        return (a == one && b == other) || (a == other && b == one);
    }

    /// The first cable between GPUs, or between GPUs and a switch of theirs, where there is one.
    Optional<Cable> scaleUp() {
        return cables.stream()
                .filter(cable -> isOf(cable, Kind.GPU, Kind.GPU) || isOf(cable, Kind.GPU, Kind.GPU_SWITCH))
                .findFirst();
    }

    /// One machine alone, its parts in the same order.
    MachineGraph machine(String name) {
        var machine = new MachineGraph(gpu);
        Map<Integer, Integer> numberOf = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (part.machine().equals(name)) {
                numberOf.put(i, machine.add(part.kind(), part.name(), name, part.at()));
                machine.line(numberOf.size() - 1, lineOf(i));
            }
        }
        for (Cable cable : cables) {
            Integer a = numberOf.get(cable.a());
            Integer b = numberOf.get(cable.b());
            if (a != null && b != null) {
                machine.join(a, b, cable.link(), cable.bytesPerSecond(), cable.count(), cable.at());
            }
        }
        return machine;
    }

    /// Names of the machines, in the order of the file.
    List<String> machines() {
        return parts.stream()
                .map(Part::machine)
                .filter(machine -> !machine.isEmpty())
                .distinct()
                .toList();
    }
}
