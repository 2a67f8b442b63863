// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Degraded;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What of a cluster is slow or down, as one line: `degraded  node 3 nic 2 at 50 %, leaf 0 - spine 1 down`.
final class DegradedLine {
    private static final int MOST = 4;

    private DegradedLine() {}

    /// The line; empty where all is well.
    static List<String> of(Cluster cluster) {
        return parts(cluster).map(parts -> List.of("  degraded  " + parts)).orElse(List.of());
    }

    /// The parts alone; empty where all is well.
    static Optional<String> parts(Cluster cluster) {
        List<Degraded> parts = cluster.degraded();
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        String first = parts.stream()
                .limit(MOST)
                .map(part -> part.part() + (part.isDown() ? " down" : " at " + Amount.percent(part.rate())))
                .collect(Collectors.joining(", "));
        return Optional.of(first + (parts.size() > MOST ? " and " + (parts.size() - MOST) + " more" : ""));
    }
}
