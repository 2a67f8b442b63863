// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.simulate.MemoryUse;
import java.util.Locale;

/// When and where a stage's memory is highest, as a person says it.
final class PeakWords {
    private PeakWords() {}

    /// ` from 1.23 s (41 % of the step): backward of micro-batch 3, head`. The instant lies within that pass.
    static String of(MemoryUse.Peak peak) {
        var words = new StringBuilder();
        if (peak.atSeconds().isPresent() && peak.ofStep().isPresent()) {
            words.append(String.format(
                    Locale.ROOT,
                    " from %s (%.0f %% of the step)",
                    Amount.seconds(peak.atSeconds().getAsDouble()),
                    100 * peak.ofStep().getAsDouble()));
        }
        words.append(": ").append(peak.instruction());
        peak.microBatch().ifPresent(number -> words.append(" of micro-batch ").append(number));
        return peak.part().isEmpty()
                ? words.toString()
                : words.append(", ").append(peak.part()).toString();
    }
}
