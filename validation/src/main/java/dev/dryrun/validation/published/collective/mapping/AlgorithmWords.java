// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import dev.dryrun.hardware.collective.Restriction;
import java.util.Locale;

/// Which algorithms a source's words leave to the library: an `NCCL_ALGO`, a switch that is off, or the one algorithm
/// that was seen to run.
final class AlgorithmWords {
    private AlgorithmWords() {}

    static Restriction allowed(String words) {
        String lower = words.toLowerCase(Locale.ROOT).replaceFirst("^(before|after): ", "");
        if (lower.contains("nvls disabled") || lower.matches("(nccl_algo=)?ring( .*|)")) {
            return Restriction.to("ring");
        }
        if (lower.matches("(nccl_algo=)?nvlstree( .*|)")) {
            return Restriction.to("nvls-tree");
        }
        if (lower.matches("(nccl_algo=)?tree( .*|)")) {
            return Restriction.to("tree");
        }
        if (lower.matches("(nccl_algo=)?nvls( .*|)")) {
            return Restriction.to("nvls");
        }
        return Restriction.NONE;
    }
}
