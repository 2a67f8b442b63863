// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.xml;

import dev.dryrun.hardware.catalog.Position;
import java.util.List;
import java.util.Map;

/// An element of an XML file.
///
/// @param attributes in the order of the file
/// @param text that stands directly in it, without the blanks around it
/// @param at where its tag begins
public record XmlElement(
        String name, Map<String, String> attributes, List<XmlElement> children, String text, Position at) {
    public String attribute(String key, String whenAbsent) {
        return attributes.getOrDefault(key, whenAbsent);
    }

    public boolean has(String key) {
        return attributes.containsKey(key);
    }

    /// Children of that name.
    public List<XmlElement> all(String childName) {
        return children.stream().filter(child -> child.name.equals(childName)).toList();
    }
}
