// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.infragraph;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A component of a device.
///
/// @param count of them in a device
/// @param choice what the file says it is
/// @param kind what it is here; null for what is no device of its own: ports, memory, other custom things
record Component(
        String name, int count, String choice, @Nullable Kind kind, Entry entry) {
    private static final int MOST = 4096;
    private static final List<String> CHOICES =
            List.of("custom", "device", "cpu", "xpu", "npu", "gpu", "nic", "memory", "port", "switch");

    static Component read(Entry entry) {
        String name = entry.text("name");
        String choice = entry.word("choice", CHOICES, "custom");
        String type = entry.has("custom") ? entry.optionalChild("custom").text("type", "") : "";
        if (choice.equals("device")) {
            entry.problem(
                    "choice",
                    "device",
                    "devices made of other devices are not read",
                    "the components of that device in its place");
        }
        String words = (name + " " + type + " " + entry.text("description", "")).toLowerCase(Locale.ROOT);
        return new Component(name, (int) entry.integer("count", 1, MOST), choice, kind(choice, words), entry);
    }

    private static @Nullable Kind kind(String choice, String words) {
        return switch (choice) {
            case "xpu", "npu", "gpu" -> Kind.GPU;
            case "cpu" -> Kind.CPU;
            case "nic" -> Kind.NIC;
            case "switch" -> words.contains("pci") ? Kind.PCIE_SWITCH : Kind.GPU_SWITCH;
            case "custom" -> words.contains("pci") ? Kind.PCIE_SWITCH : isForGpus(words) ? Kind.GPU_SWITCH : null;
            default -> null;
        };
    }

    private static boolean isForGpus(String words) {
        return words.contains("nvlink") || words.contains("nvswitch") || words.contains("xgmi");
    }

    boolean isPort() {
        return choice.equals("port");
    }
}
