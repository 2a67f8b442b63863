// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.graphml;

import dev.dryrun.scenario.graph.GraphFormat;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import dev.dryrun.scenario.graph.xml.XmlElement;
import dev.dryrun.scenario.graph.xml.XmlTree;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// GraphML whose nodes say what they are (`kind`) and whose edges say how fast they are (`bytes_per_s`, or `bandwidth`
/// with its unit).
public final class GraphMlFormat implements GraphFormat {
    /// Elements of the language that say something here, or that nothing here follows from.
    private static final Set<String> KNOWN =
            Set.of("graphml", "key", "default", "desc", "graph", "node", "edge", "data", "port", "locator");

    @Override
    public String name() {
        return "graphml";
    }

    @Override
    public boolean recognises(String text) {
        return text.contains("<graphml");
    }

    @Override
    public @Nullable MachineGraph read(GraphSource source) {
        XmlElement root = XmlTree.read(source.name(), source.text(), source.problems());
        if (root == null) {
            return null;
        }
        int before = source.problems().count();
        if (!root.name().equals("graphml")) {
            source.wrong(root.at(), "", "an XML file whose root is " + root.name(), "must be graphml", "");
            return null;
        }
        check(source, root);
        List<XmlElement> graphs = root.all("graph");
        if (graphs.size() != 1) {
            source.wrong(root.at(), "graphml", "with " + graphs.size() + " graphs", "must have one", "");
        }
        return source.problems().count() > before ? null : new GraphMlReader(source, root).read(graphs.getFirst());
    }

    /// What stands in a `data` belongs to editors.
    private static void check(GraphSource source, XmlElement element) {
        for (XmlElement child : element.children()) {
            if (!KNOWN.contains(child.name())) {
                source.wrong(
                        child.at(),
                        element.name(),
                        "with an element " + child.name(),
                        "known elements are "
                                + String.join(", ", KNOWN.stream().sorted().toList()),
                        "");
            } else if (!child.name().equals("data")) {
                check(source, child);
            }
        }
    }
}
