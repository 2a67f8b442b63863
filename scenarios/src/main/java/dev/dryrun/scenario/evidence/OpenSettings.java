// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.evidence;

import java.util.List;
import java.util.Set;

/// Settings that change the time of a step and were filled in, among all that was assumed.
final class OpenSettings {
    /// First words of such an assumption, as scenarios and tables of runs write them.
    private static final Set<String> SETTINGS = Set.of(
            "stack",
            "precision",
            "recomputation",
            "recompute",
            "micro_batch",
            "vpp",
            "global_batch",
            "sequence",
            "rate",
            "attention",
            "import",
            "training.precision",
            "strategy.recompute",
            "strategy.micro_batch",
            "strategy.sequence_parallel");

    private OpenSettings() {}

    static boolean anyOf(List<String> assumed) {
        return assumed.stream().anyMatch(phrase -> SETTINGS.contains(phrase.split("[ :=]", 2)[0]));
    }
}
