// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.nccl;

import dev.dryrun.hardware.topology.Vertex.Kind;
import dev.dryrun.scenario.graph.GpuFacts;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import dev.dryrun.scenario.graph.xml.XmlElement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The links of GPUs that are not PCIe: to other GPUs, into switches, to processors. Each end of a link between GPUs
/// names it, so it is joined once.
final class ScaleUpLinks {
    private static final String TO_SWITCH = "0x0680";
    private static final String TO_PROCESSOR = "0x068001";
    private static final int MOST = 1024;

    private static final String TO_GPU = "0x03";
    private static final String ADDRESS = "[0-9a-f]{4,8}:[0-9a-f]{2}:[0-9a-f]{2}\\.[0-9a-f]";

    /// A GPU and its element, with the processor above it and the host that this belongs to.
    private record Gpu(int number, XmlElement element, int processor, String host) {}

    private final GraphSource source;
    private final MachineGraph graph;
    private final Map<String, Gpu> byBus = new LinkedHashMap<>();
    private String bus = "";
    private String host = "";
    private int processor = -1;
    private int gpuSwitch = -1;

    ScaleUpLinks(GraphSource source, MachineGraph graph) {
        this.source = source;
        this.graph = graph;
    }

    /// What comes next stands below this processor. Addresses are those of its host: where one domain of links spans
    /// several, the file has all of them.
    void processor(int number, String hostHash) {
        processor = number;
        host = hostHash;
    }

    /// What comes next has this address.
    void behind(String busId) {
        bus = busId.toLowerCase(Locale.ROOT);
    }

    void gpu(int number, XmlElement element) {
        if (byBus.putIfAbsent(key(host, bus), new Gpu(number, element, processor, host)) != null) {
            source.wrong(element.at(), "gpu", "a second one at " + bus, "must be alone at its busid", "");
        }
    }

    private static String key(String host, String bus) {
        return host + " " + bus;
    }

    void join() {
        for (Map.Entry<String, Gpu> entry : byBus.entrySet()) {
            isWithinReason(entry.getValue());
            String address = entry.getKey().substring(entry.getKey().lastIndexOf(' ') + 1);
            for (XmlElement link : entry.getValue().element().children()) {
                int count = Numeral.whole(link.attribute("count", "1"), 0);
                if (count < 1 || count > MOST) {
                    source.wrong(
                            link.at(),
                            link.name() + ".count",
                            "\"" + link.attribute("count", "") + "\"",
                            "must be a number of links, at least 1",
                            "");
                } else if (link.name().equals("c2c")) {
                    toProcessor(entry.getValue(), link, count);
                } else {
                    link(address, entry.getValue(), link, count);
                }
            }
        }
    }

    /// A part with more links than it has is another part.
    private void isWithinReason(Gpu gpu) {
        int has = graph.gpu().links();
        long said = gpu.element().children().stream()
                .filter(link -> !link.name().equals("c2c"))
                .mapToLong(link -> Numeral.whole(link.attribute("count", "1"), 0))
                .sum();
        if (has > 0 && said > has) {
            source.wrong(
                    gpu.element().at(),
                    "gpu",
                    "with " + said + " links",
                    graph.gpu().name() + " has " + has,
                    "another --accelerator");
        }
    }

    private void link(String from, Gpu gpu, XmlElement link, int count) {
        GpuFacts facts = graph.gpu();
        String tclass = link.attribute("tclass", "");
        String target = link.attribute("target", "").toLowerCase(Locale.ROOT);
        if (facts.links() == 0) {
            source.wrong(
                    link.at(),
                    link.name(),
                    "there",
                    facts.name() + " has no links to others of its kind",
                    "another --accelerator");
            return;
        }
        if (tclass.equals(TO_PROCESSOR)) {
            graph.join(gpu.number(), gpu.processor(), facts.link(), facts.linkBytesPerSecond(), count, link.at());
            return;
        }
        if (tclass.startsWith(TO_SWITCH)) {
            if (gpuSwitch < 0) {
                gpuSwitch = graph.add(Kind.GPU_SWITCH, "switches", "machine", link.at());
            }
            graph.join(gpu.number(), gpuSwitch, facts.link(), facts.linkBytesPerSecond(), count, link.at());
            return;
        }
        Gpu other = byBus.get(key(gpu.host(), target));
        if (other == null && tclass.startsWith(TO_GPU) && target.matches(ADDRESS)) {
            graph.leftOut(link.at(), link.name() + " to " + target, "the file has no such gpu: not one of the job");
            return;
        }
        if (other == null || target.equals(from)) {
            source.wrong(
                    link.at(),
                    link.name() + ".target",
                    "\"" + target + "\"",
                    "must be the busid of another gpu of the file",
                    "");
            return;
        }
        int back = countOf(other, from);
        if (back != count) {
            source.wrong(
                    link.at(),
                    link.name() + ".count",
                    Integer.toString(count),
                    "the other end at " + target + " counts " + back,
                    "");
        } else if (gpu.number() < other.number()) {
            graph.join(gpu.number(), other.number(), facts.link(), facts.linkBytesPerSecond(), count, link.at());
        }
    }

    private static int countOf(Gpu gpu, String target) {
        List<XmlElement> links = gpu.element().children();
        return links.stream()
                .filter(link -> link.attribute("target", "").equalsIgnoreCase(target))
                .mapToInt(link -> Numeral.whole(link.attribute("count", "1"), 0))
                .sum();
    }

    /// The rate stands in the file, in MB/s.
    private void toProcessor(Gpu gpu, XmlElement link, int count) {
        int megabytes = Numeral.whole(link.attribute("bw", ""), 0);
        if (megabytes < 1) {
            source.wrong(link.at(), "c2c.bw", "\"" + link.attribute("bw", "") + "\"", "must be MB/s above zero", "");
            return;
        }
        graph.join(gpu.number(), gpu.processor(), "c2c", megabytes * 1e6, count, link.at());
    }
}
