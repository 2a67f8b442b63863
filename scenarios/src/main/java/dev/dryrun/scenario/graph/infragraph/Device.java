// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.infragraph;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.topology.Vertex.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A device with its components.
///
/// @param edges between its components
/// @param links by name, as far as the device lists them itself
record Device(
        String name, Map<String, Component> components, List<Entry> edges, Map<String, Entry> links, Entry entry) {
    static Device read(Entry entry) {
        Map<String, Component> components = new LinkedHashMap<>();
        for (Entry row : entry.children("components")) {
            Component component = Component.read(row);
            if (components.putIfAbsent(component.name(), component) != null) {
                row.problem("name", row.shown("name"), "must be there once in its device", "");
            }
        }
        return new Device(entry.text("name"), components, entry.children("edges"), linksOf(entry), entry);
    }

    static Map<String, Entry> linksOf(Entry entry) {
        Map<String, Entry> links = new LinkedHashMap<>();
        entry.children("links").forEach(link -> links.put(link.text("name"), link));
        return links;
    }

    /// Whether it is a machine rather than a switch between machines.
    boolean hasGpus() {
        return components.values().stream().anyMatch(component -> component.kind() == Kind.GPU);
    }
}
