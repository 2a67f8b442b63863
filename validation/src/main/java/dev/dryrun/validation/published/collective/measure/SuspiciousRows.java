// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Predicted rows of a system that are judged apart for one reason.
public record SuspiciousRows(String system, String reason, Errors errors) {
    private record Key(String system, String reason) {}

    static List<SuspiciousRows> of(List<ScoredCollective> rows) {
        Map<Key, List<ScoredCollective>> groups = new LinkedHashMap<>();
        for (ScoredCollective row : rows) {
            if (row.predicted() && !row.row().suspicious().isEmpty()) {
                var key = new Key(row.row().system(), row.row().suspicious());
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        }
        return groups.entrySet().stream()
                .map(group -> new SuspiciousRows(
                        group.getKey().system(), group.getKey().reason(), Errors.of(group.getValue())))
                .toList();
    }
}
