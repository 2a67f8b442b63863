// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

import org.jspecify.annotations.Nullable;

/// Reads the graphs of one program.
public interface GraphFormat {
    /// The word of the command line for it.
    String name();

    /// Whether a file looks like one of these.
    boolean recognises(String text);

    /// The graph of a file; null where there is none to speak of. What is wrong is told to the source's problems.
    @Nullable
    MachineGraph read(GraphSource source);
}
