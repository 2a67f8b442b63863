// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.nccl;

import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.graph.GpuFacts;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import dev.dryrun.scenario.graph.Rates;
import dev.dryrun.scenario.graph.xml.XmlElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One pass over the elements of a topology: processors, PCIe below them, GPUs and interfaces at its leaves. Links
/// between GPUs follow in a second pass, [ScaleUpLinks], since they name their far end.
final class NcclTopology {
    /// Elements, and those that may stand in each.
    private static final Map<String, List<String>> ELEMENTS = elements();

    private static final String MACHINE = "machine";

    /// Attribute of a processor: the machine it is in, where the file has several.
    private static final String HOST = "host_hash";

    private final GraphSource source;
    private final IdentityHashMap<XmlElement, Integer> numberOf = new IdentityHashMap<>();

    NcclTopology(GraphSource source) {
        this.source = source;
    }

    private static Map<String, List<String>> elements() {
        Map<String, List<String>> elements = new LinkedHashMap<>();
        elements.put("system", List.of("cpu"));
        elements.put("cpu", List.of("pci", "nic"));
        elements.put("pci", List.of("pci", "gpu", "nic", "pcilink"));
        elements.put("gpu", List.of("nvlink", "xgmi", "c2c"));
        elements.put("nic", List.of("net", "gin", "rma"));
        for (String leaf : List.of("nvlink", "xgmi", "c2c", "net", "gin", "rma", "pcilink")) {
            elements.put(leaf, List.of());
        }
        return elements;
    }

    @Nullable
    MachineGraph read(XmlElement system) {
        int before = source.problems().count();
        checkElements(system);
        XmlElement first = firstGpu(system);
        if (source.problems().count() > before) {
            return null;
        }
        if (first == null) {
            source.wrong(
                    system.at(),
                    "system",
                    "without a gpu",
                    "must have at least one; a file for NCCL_TOPO_FILE that has PCIe alone says nothing of links",
                    "the file that NCCL_TOPO_DUMP_FILE names after a run");
            return null;
        }
        GpuFacts gpu = source.gpu(Chips.guess(first));
        if (gpu == null) {
            return null;
        }
        var graph = new MachineGraph(gpu);
        if (source.accelerator() == null) {
            graph.assumed(first.at(), "gpu", gpu.name() + ", by its compute capability; --accelerator says otherwise");
        }
        gpus(system, graph);
        var links = new ScaleUpLinks(source, graph);
        processors(system, graph, links);
        links.join();
        return graph;
    }

    private void checkElements(XmlElement element) {
        List<String> known = ELEMENTS.getOrDefault(element.name(), List.of());
        for (XmlElement child : element.children()) {
            if (!ELEMENTS.containsKey(child.name())) {
                String nearest = Nearest.quoted(child.name(), ELEMENTS.keySet());
                source.wrong(
                        child.at(),
                        element.name(),
                        "with an element " + child.name(),
                        "known elements are " + String.join(", ", ELEMENTS.keySet()),
                        nearest);
            } else if (!known.contains(child.name())) {
                source.wrong(
                        child.at(),
                        element.name(),
                        "with an element " + child.name(),
                        known.isEmpty() ? "has none below it" : "below it may stand " + String.join(", ", known),
                        "");
            } else {
                checkElements(child);
            }
        }
    }

    private static @Nullable XmlElement firstGpu(XmlElement element) {
        for (XmlElement child : element.children()) {
            XmlElement found = child.name().equals("gpu") ? child : firstGpu(child);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /// GPUs stand in the file by processor; they are numbered as their host numbers them, hosts in the order of the
    /// file.
    private void gpus(XmlElement system, MachineGraph graph) {
        Map<String, List<XmlElement>> ofHost = new LinkedHashMap<>();
        for (XmlElement cpu : system.children()) {
            below(cpu, ofHost.computeIfAbsent(cpu.attribute(HOST, ""), host -> new ArrayList<>()));
        }
        for (List<XmlElement> gpus : ofHost.values()) {
            gpus.sort(Comparator.comparingInt(gpu -> Numeral.whole(gpu.attribute("dev", ""), Integer.MAX_VALUE)));
            for (XmlElement gpu : gpus) {
                numberOf.put(gpu, graph.add(Kind.GPU, "gpu " + gpu.attribute("dev", "?"), MACHINE, gpu.at()));
            }
        }
    }

    private static void below(XmlElement element, List<XmlElement> gpus) {
        for (XmlElement child : element.children()) {
            if (child.name().equals("gpu")) {
                gpus.add(child);
            } else {
                below(child, gpus);
            }
        }
    }

    /// Processors of one host are joined each to each, as NCCL does it.
    private void processors(XmlElement system, MachineGraph graph, ScaleUpLinks links) {
        Map<String, List<Integer>> ofHost = new LinkedHashMap<>();
        for (XmlElement cpu : system.children()) {
            int number = graph.add(Kind.CPU, "cpu " + cpu.attribute("numaid", "?"), MACHINE, cpu.at());
            String host = cpu.attribute(HOST, "");
            List<Integer> others = ofHost.computeIfAbsent(host, name -> new ArrayList<>());
            for (int other : others) {
                double rate = ProcessorBus.bytesPerSecond(cpu);
                graph.join(other, number, "bus", rate, 1, cpu.at());
                graph.assumed(
                        cpu.at(),
                        "bus",
                        Math.round(rate / 1e9) + " GB/s between processors, twice what NCCL counts for their make");
            }
            others.add(number);
            links.processor(number, host);
            for (XmlElement child : cpu.children()) {
                below(child, number, new Slot("", 0, cpu.at()), graph, links);
            }
        }
    }

    /// The PCIe port that something stands behind.
    private record Slot(String link, double bytesPerSecond, Position at) {}

    private void below(XmlElement element, int parent, Slot slot, MachineGraph graph, ScaleUpLinks links) {
        switch (element.name()) {
            case "pci" -> {
                Slot own = slot(element, graph);
                boolean bridge = element.children().isEmpty()
                        ? element.attribute("class", "").startsWith("0x0604")
                        : element.children().stream()
                                .anyMatch(child -> child.name().equals("pci"));
                int top = parent;
                if (bridge) {
                    String name = "switch " + element.attribute("busid", "");
                    top = graph.add(Kind.PCIE_SWITCH, name.strip(), MACHINE, element.at());
                    graph.join(parent, top, own.link(), own.bytesPerSecond(), 1, element.at());
                }
                for (XmlElement child : element.children()) {
                    links.behind(element.attribute("busid", ""));
                    below(child, top, own, graph, links);
                }
            }
            case "gpu" -> {
                int number = Objects.requireNonNull(numberOf.get(element));
                attach(number, parent, slot, graph);
                links.gpu(number, element);
            }
            case "nic" -> element.children().forEach(net -> network(net, parent, slot, graph));
            default -> {
                // pcilink repeats what the tree of switches says
            }
        }
    }

    private void attach(int number, int parent, Slot slot, MachineGraph graph) {
        int generation = graph.gpu().pcie();
        boolean known = slot.bytesPerSecond() > 0;
        double rate = known ? slot.bytesPerSecond() : Rates.pcie(generation);
        graph.join(parent, number, known ? slot.link() : "pcie" + generation, rate, 1, slot.at());
    }

    private void network(XmlElement net, int parent, Slot slot, MachineGraph graph) {
        if (!net.name().equals("net")
                || net.attribute("net", "1").equals("0")
                || net.attribute("dev", "-1").equals("-1")) {
            graph.leftOut(net.at(), net.name() + " " + net.attribute("name", ""), "not one that collectives use");
            return;
        }
        String name = net.attribute("name", "net " + net.attribute("dev", ""));
        String written = net.attribute("speed", "-1");
        int megabits = Numeral.whole(written, 0);
        if (megabits == 0) {
            source.wrong(net.at(), "net.speed", "\"" + written + "\"", "must be a rate in Mb/s above zero", "");
            return;
        }
        double rate = source.nicBytesPerSecond().orElse(megabits * 1e6 / 8);
        if (megabits < 0 && source.nicBytesPerSecond().isEmpty()) {
            rate = 1.25e9;
            graph.assumed(net.at(), "net " + name, "10 Gb/s, as NCCL does where the driver says no speed");
        }
        int number = graph.add(Kind.NIC, name, MACHINE, net.at());
        attach(number, parent, slot, graph);
        graph.line(number, rate);
    }

    private Slot slot(XmlElement pci, MachineGraph graph) {
        String written = pci.attribute("link_speed", "");
        int generation = PcieSpeed.generation(written);
        if (generation == 0) {
            generation = graph.gpu().pcie();
            graph.assumed(
                    pci.at(),
                    "pci.link_speed",
                    "\"" + written + "\" says no generation; that of the GPU, " + generation + ", is taken");
        }
        String width = pci.attribute("link_width", "0");
        int lanes = Numeral.whole(width, -1);
        if (lanes < 0 || lanes > 32) {
            source.wrong(
                    pci.at(), "pci.link_width", "\"" + width + "\"", "must be a number of lanes from 1 to 32", "16");
            lanes = 0;
        }
        if (lanes == 0) {
            lanes = 16;
            graph.assumed(pci.at(), "pci.link_width", "16 lanes where the file says none, as NCCL does");
        }
        return new Slot("pcie" + generation, Rates.pcie(generation, lanes), pci.at());
    }
}
