// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import dev.dryrun.scenario.graph.graphml.GraphMlFormat;
import dev.dryrun.scenario.graph.infragraph.InfraGraphFormat;
import dev.dryrun.scenario.graph.nccl.NcclTopologyFormat;
import dev.dryrun.scenario.graph.smi.NvidiaTopologyFormat;
import dev.dryrun.scenario.graph.smi.RocmTopologyFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The formats of graphs that can be read, in the order in which files are tried. A new one is a line here.
public final class GraphFormats {
    public static final List<GraphFormat> ALL = List.of(
            new GraphMlFormat(),
            new NcclTopologyFormat(),
            new RocmTopologyFormat(),
            new NvidiaTopologyFormat(),
            new InfraGraphFormat());

    private GraphFormats() {}

    public static List<String> names() {
        return ALL.stream().map(GraphFormat::name).toList();
    }

    /// The format of that name; null where there is none.
    public static @Nullable GraphFormat byName(String name) {
        return ALL.stream()
                .filter(format -> format.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// The format that a file looks like; null where it looks like none.
    public static @Nullable GraphFormat of(String text) {
        return ALL.stream()
                .filter(format -> format.recognises(text))
                .findFirst()
                .orElse(null);
    }
}
