// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import java.util.List;
import java.util.Locale;

/// Which algorithms a source's words leave to the library: an `NCCL_ALGO`, a switch that is off, or the one algorithm
/// that was seen to run.
final class AlgorithmWords {
    private static final List<String> RINGS = List.of("ring", "ring-ll128", "ll");

    private AlgorithmWords() {}

    /// Names of algorithms; empty where the library chooses freely.
    static List<String> allowed(String words) {
        String lower = words.toLowerCase(Locale.ROOT).replaceFirst("^(before|after): ", "");
        if (lower.contains("nvls disabled") || lower.matches("(nccl_algo=)?ring( .*|)")) {
            return RINGS;
        }
        if (lower.matches("(nccl_algo=)?nvlstree( .*|)")) {
            return List.of("hierarchical", "nvls");
        }
        if (lower.matches("(nccl_algo=)?tree( .*|)")) {
            return List.of("hierarchical", "ll");
        }
        if (lower.matches("(nccl_algo=)?nvls( .*|)")) {
            return List.of("nvls");
        }
        return List.of();
    }
}
