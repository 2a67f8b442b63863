// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/// A machine as the catalog writes a node: by its wiring where it has a plain one, else link by link.
final class NodeYaml {
    private final MachineGraph graph;
    private final List<Integer> gpus;
    private final List<Integer> nics;
    private final Map<Integer, String> names = new LinkedHashMap<>();

    /// @param nics in the order of use
    NodeYaml(MachineGraph graph, List<Integer> nics) {
        this.graph = graph;
        this.nics = nics;
        gpus = graph.ofKind(Kind.GPU);
        for (Kind kind : List.of(Kind.GPU, Kind.GPU_SWITCH, Kind.PCIE_SWITCH, Kind.CPU)) {
            name(kind, graph.ofKind(kind));
        }
        name(Kind.NIC, nics);
    }

    private void name(Kind kind, List<Integer> numbers) {
        for (int i = 0; i < numbers.size(); i++) {
            names.put(numbers.get(i), Entry.kebab(kind) + " " + i);
        }
    }

    /// The entry, line by line.
    ///
    /// @param title of the node
    /// @param from what it was made of, for its source
    List<String> lines(String title, String from) {
        var scaleUp = new ScaleUp(graph, gpus);
        var lanes = new Lanes(graph, gpus, nics);
        OptionalDouble own = nics.isEmpty() ? OptionalDouble.of(1) : lanes.privateBytesPerSecond();
        OptionalDouble switched = scaleUp.switchedBytesPerSecond();
        OptionalDouble mesh = scaleUp.meshBytesPerSecond();
        boolean plain = own.isPresent() && (switched.isPresent() || mesh.isPresent());
        String wiring = !plain ? "written" : switched.isPresent() ? "switched" : "mesh";
        Map.Entry<String, Double> link = scaleUp.mainLink();
        double each = !plain ? link.getValue() : switched.orElse(mesh.orElse(link.getValue()));
        List<String> lines = new ArrayList<>();
        lines.add("title: " + quoted(title));
        lines.add("accelerator: " + graph.gpu().name());
        if (!graph.gpu().library().isEmpty()) {
            lines.add("library: " + graph.gpu().library());
        }
        lines.add("gpus: " + gpus.size());
        lines.add("wiring: " + wiring);
        lines.add("link: " + link.getKey());
        lines.add("link_bandwidth: " + rate(each));
        lines.add("nics: " + nics.size());
        if (!nics.isEmpty()) {
            lines.add("nic_bandwidth: " + lineRate(line()));
            lines.add("pcie_bandwidth: " + rate(plain ? own.getAsDouble() : lanes.narrowestBytesPerSecond()));
        }
        if (!plain) {
            links(lines);
        }
        lines.add("source: " + quoted(from));
        lines.add("note: " + quoted(order()));
        return lines;
    }

    /// All interfaces are taken to be as fast as the slowest in use.
    private double line() {
        double slowest = nics.stream().mapToDouble(graph::lineOf).min().orElse(0);
        for (int nic : nics) {
            if (graph.lineOf(nic) > slowest) {
                Part part = graph.parts().get(nic);
                graph.assumed(part.at(), "interface " + part.name(), "as slow as the slowest, " + rate(slowest));
            }
        }
        return slowest;
    }

    private String order() {
        if (nics.isEmpty()) {
            return "no interfaces: a node that stands alone";
        }
        List<String> used = nics.stream()
                .map(nic -> graph.parts().get(nic).name().replaceAll("\\p{Cntrl}", " "))
                .toList();
        return "interfaces in the order of use: " + String.join(", ", used);
    }

    private void links(List<String> lines) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (Cable cable : graph.cables()) {
            String a = names.get(cable.a());
            String b = names.get(cable.b());
            if (a != null && b != null) {
                String head = "link: " + cable.link() + ", bandwidth: " + rate(cable.bytesPerSecond())
                        + (cable.count() > 1 ? ", count: " + cable.count() : "");
                rows.computeIfAbsent(head, row -> new ArrayList<>()).add(a + " - " + b);
            }
        }
        lines.add("links:");
        rows.forEach((head, pairs) -> lines.add("  - {" + head + ", pairs: [" + String.join(", ", pairs) + "]}"));
    }

    /// A rate of an interface, as people say it: in bits.
    static String lineRate(double bytesPerSecond) {
        double gigabits = bytesPerSecond * 8 / 1e9;
        return gigabits >= 1 && gigabits == Math.rint(gigabits)
                ? String.format(Locale.ROOT, "%.0f Gb/s", gigabits)
                : rate(bytesPerSecond);
    }

    /// A rate with as many digits as it has.
    static String rate(double bytesPerSecond) {
        double giga = bytesPerSecond / 1e9;
        String digits = giga == Math.rint(giga)
                ? String.format(Locale.ROOT, "%.0f", giga)
                : String.format(Locale.ROOT, "%.6f", giga).replaceAll("0+$", "");
        return digits.endsWith(".") || giga < 1e-6
                ? String.format(Locale.ROOT, "%.0f B/s", Math.max(1, bytesPerSecond))
                : digits + " GB/s";
    }

    /// A text in quotes as YAML reads it back.
    static String quoted(String text) {
        var clean = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                clean.append('\\');
            }
            clean.appendCodePoint(isWritten(c) ? c : ' ');
        });
        return clean.append('"').toString();
    }

    private static boolean isWritten(int c) {
        return !Character.isISOControl(c) && (c < 0xD800 || (c > 0xDFFF && c < 0xFFFE));
    }
}
