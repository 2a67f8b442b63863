// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.infragraph;

import dev.dryrun.hardware.catalog.Document;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.scenario.graph.GpuFacts;
import dev.dryrun.scenario.graph.GraphFormat;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import org.jspecify.annotations.Nullable;

/// InfraGraph, the model of infrastructure that Keysight publishes (github.com/Keysight/infragraph, openapi.yaml of
/// version 2.4.0): devices with components and edges between them, instances of devices, edges between these. A file
/// with one device alone is a machine.
public final class InfraGraphFormat implements GraphFormat {
    @Override
    public String name() {
        return "infragraph";
    }

    @Override
    public boolean recognises(String text) {
        return text.contains("components")
                && text.contains("choice")
                && (text.contains("ep1") || text.contains("edges"));
    }

    @Override
    public @Nullable MachineGraph read(GraphSource source) {
        boolean json = source.text().stripLeading().startsWith("{");
        Document document = json
                ? Document.readJson(source.name(), source.text(), source.problems())
                : Document.read(source.name(), source.text(), source.problems());
        if (!document.readable()) {
            return null;
        }
        int before = source.problems().count();
        Entry root = document.root().has("infrastructure") ? document.root().child("infrastructure") : document.root();
        GpuFacts gpu = source.gpu(null);
        if (gpu == null) {
            return null;
        }
        var graph = new MachineGraph(gpu);
        new Infrastructure(source, graph, document, root).build();
        return source.problems().count() > before ? null : graph;
    }
}
