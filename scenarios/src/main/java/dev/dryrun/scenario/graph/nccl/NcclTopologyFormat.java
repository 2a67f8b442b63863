// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.nccl;

import dev.dryrun.scenario.graph.GraphFormat;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import dev.dryrun.scenario.graph.xml.XmlElement;
import dev.dryrun.scenario.graph.xml.XmlTree;
import org.jspecify.annotations.Nullable;

/// NCCL's and RCCL's own topology.
public final class NcclTopologyFormat implements GraphFormat {
    @Override
    public String name() {
        return "nccl-xml";
    }

    @Override
    public boolean recognises(String text) {
        return text.contains("<system") || text.contains("<graphs");
    }

    @Override
    public @Nullable MachineGraph read(GraphSource source) {
        XmlElement root = XmlTree.read(source.name(), source.text(), source.problems());
        if (root == null) {
            return null;
        }
        if (!root.name().equals("system")) {
            boolean found = root.name().equals("graphs");
            source.wrong(
                    root.at(),
                    "",
                    found ? "what NCCL searched out, its channels" : "an XML file whose root is " + root.name(),
                    "must be the topology itself, whose root is system",
                    found ? "the file that NCCL_TOPO_DUMP_FILE names, not NCCL_GRAPH_DUMP_FILE" : "");
            return null;
        }
        return new NcclTopology(source).read(root);
    }
}
