// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.graphml;

import dev.dryrun.scenario.graph.xml.XmlElement;
import java.util.HashMap;
import java.util.Map;

/// The named values of nodes and edges, with those that keys have for all that say nothing.
final class Attributes {
    private final Map<String, String> nameOf = new HashMap<>();
    private final Map<String, Map<String, String>> defaults = new HashMap<>();

    Attributes(XmlElement root) {
        for (XmlElement key : root.all("key")) {
            String name = key.attribute("attr.name", key.attribute("id", ""));
            nameOf.put(key.attribute("id", ""), name);
            for (XmlElement value : key.all("default")) {
                defaults.computeIfAbsent(key.attribute("for", "all"), kind -> new HashMap<>())
                        .put(name, value.text());
            }
        }
    }

    /// Values by name.
    Map<String, String> of(XmlElement element) {
        Map<String, String> values = new HashMap<>(defaults.getOrDefault("all", Map.of()));
        values.putAll(defaults.getOrDefault(element.name(), Map.of()));
        for (XmlElement data : element.all("data")) {
            String key = data.attribute("key", "");
            values.put(nameOf.getOrDefault(key, key), data.text());
        }
        return values;
    }
}
