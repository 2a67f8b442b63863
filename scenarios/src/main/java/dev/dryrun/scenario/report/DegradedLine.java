// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Degraded;
import java.util.List;
import java.util.stream.Collectors;

/// What of a cluster is slow or down, as one line: `degraded  node 3 nic 2 at 50 %, leaf 0 - spine 1 down`.
final class DegradedLine {
    private static final int MOST = 4;

    private DegradedLine() {}

    /// The line; empty where all is well.
    static List<String> of(Cluster cluster) {
        List<Degraded> parts = cluster.degraded();
        if (parts.isEmpty()) {
            return List.of();
        }
        String first = parts.stream()
                .limit(MOST)
                .map(part -> part.part() + (part.isDown() ? " down" : " at " + Amount.percent(part.rate())))
                .collect(Collectors.joining(", "));
        return List.of("  degraded  " + first + (parts.size() > MOST ? " and " + (parts.size() - MOST) + " more" : ""));
    }
}
