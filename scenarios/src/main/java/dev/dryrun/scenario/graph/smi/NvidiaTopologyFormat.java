// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.smi;

import dev.dryrun.scenario.graph.GpuFacts;
import dev.dryrun.scenario.graph.GraphFormat;
import dev.dryrun.scenario.graph.GraphSource;
import dev.dryrun.scenario.graph.MachineGraph;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What `nvidia-smi topo -m` prints: how each GPU and interface reaches each other one, in classes from near to far,
/// and how many NVLinks join two GPUs.
public final class NvidiaTopologyFormat implements GraphFormat {
    private static final Pattern TERMINAL = Pattern.compile("\u001B\\[[0-9;]*[A-Za-z]");
    private static final Pattern HEAD = Pattern.compile("(?m)^\\s*GPU0\\b");
    private static final Pattern SELF = Pattern.compile("(?m)^\\s*GPU0\\s+X(\\s|$)");

    @Override
    public String name() {
        return "nvidia-smi";
    }

    @Override
    public boolean recognises(String text) {
        String clean = plain(text);
        return HEAD.matcher(clean).find() && (SELF.matcher(clean).find() || clean.contains("Legend:"));
    }

    private static String plain(String text) {
        return TERMINAL.matcher(text).replaceAll("");
    }

    @Override
    public @Nullable MachineGraph read(GraphSource source) {
        List<String> lines = plain(source.text()).lines().toList();
        int before = source.problems().count();
        Matrix matrix = new MatrixReader(source, lines).from(0);
        if (matrix == null) {
            if (source.problems().count() == before) {
                source.wrong(source.start(), "", "without a matrix", "must hold one whose first column is GPU0", "");
            }
            return null;
        }
        GpuFacts gpu = source.gpu(null);
        var check = new MatrixCheck(source, matrix, PathClass.words(), "X");
        if (!check.isSound() || !check.isTree() || gpu == null) {
            return null;
        }
        return new PathTree(source, matrix, new MachineGraph(gpu), NicNames.of(lines)).build();
    }
}
