// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import dev.dryrun.hardware.catalog.Entry;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.BaseExporter;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.dot.DOTExporter;
import org.jgrapht.nio.graphml.GraphMLExporter;

/// The graph of a network in the formats of other programs.
public final class NetworkExport {
    private NetworkExport() {}

    /// For Graphviz.
    public static String dot(Network network) {
        var exporter = new DOTExporter<Vertex, Link>(vertex -> '"' + name(vertex) + '"');
        var out = new StringWriter();
        described(exporter, network);
        exporter.exportGraph(network.asGraph(), out);
        return out.toString();
    }

    /// For yEd, Gephi, NetworkX and others.
    public static String graphMl(Network network) {
        var exporter = new GraphMLExporter<Vertex, Link>(NetworkExport::name);
        exporter.registerAttribute("kind", GraphMLExporter.AttributeCategory.NODE, AttributeType.STRING);
        exporter.registerAttribute("accelerator", GraphMLExporter.AttributeCategory.NODE, AttributeType.STRING);
        exporter.registerAttribute("label", GraphMLExporter.AttributeCategory.ALL, AttributeType.STRING);
        exporter.registerAttribute("bytes_per_s", GraphMLExporter.AttributeCategory.EDGE, AttributeType.DOUBLE);
        described(exporter, network);
        var out = new StringWriter();
        exporter.exportGraph(network.asGraph(), out);
        return out.toString();
    }

    private static void described(BaseExporter<Vertex, Link> exporter, Network network) {
        exporter.setVertexAttributeProvider(vertex -> {
            Map<String, Attribute> attributes = new LinkedHashMap<>();
            attributes.put("label", DefaultAttribute.createAttribute(name(vertex)));
            attributes.put("kind", DefaultAttribute.createAttribute(Entry.kebab(vertex.kind())));
            if (vertex.kind() == Vertex.Kind.GPU) {
                String accelerator = network.cluster().node(vertex.node()).accelerator();
                attributes.put("accelerator", DefaultAttribute.createAttribute(accelerator));
            }
            return attributes;
        });
        exporter.setEdgeAttributeProvider(link -> {
            Map<String, Attribute> attributes = new LinkedHashMap<>();
            if (!Double.isInfinite(link.capacityBytesPerSecond())) {
                double rate = link.capacityBytesPerSecond();
                attributes.put("label", DefaultAttribute.createAttribute(Math.round(rate / 1e8) / 10.0 + " GB/s"));
                attributes.put("bytes_per_s", DefaultAttribute.createAttribute(rate));
            }
            return attributes;
        });
    }

    /// A vertex in one word.
    static String name(Vertex vertex) {
        String kind = Entry.kebab(vertex.kind());
        return vertex.node() < 0
                ? kind + "-" + vertex.index()
                : "node-" + vertex.node() + "-" + kind + "-" + vertex.index();
    }
}
