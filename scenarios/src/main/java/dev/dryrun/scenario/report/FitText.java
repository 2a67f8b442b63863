// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.simulate.MemoryUse;
import java.util.Locale;

/// By how much a job does not fit, and what would make it fit.
final class FitText {
    private FitText() {}

    static String write(MemoryUse memory, Paper paper) {
        var out = new StringBuilder(String.format(
                Locale.ROOT,
                "  stage %d needs %s more than the %s there are%n",
                memory.fullest().stage(),
                Amount.gibibytes(memory.overBytes()),
                Amount.gibibytes(memory.capacityBytes())));
        if (memory.wouldFit().isEmpty()) {
            return out.append("  no change that was tried makes it fit\n").toString();
        }
        out.append('\n')
                .append(paper.bold(String.format(
                        Locale.ROOT, "  %-54s %6s %10s %10s", "would fit with", "GPUs", "step", "device")))
                .append('\n');
        for (MemoryUse.Remedy remedy : memory.wouldFit()) {
            out.append(String.format(
                    Locale.ROOT,
                    "  %-54s %6d %10s %10s%n",
                    String.join(", ", remedy.changes()),
                    remedy.gpus(),
                    Amount.seconds(remedy.stepSeconds()),
                    Amount.gibibytes(remedy.deviceBytes())));
        }
        return out.toString();
    }
}
