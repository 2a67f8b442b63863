// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.evidence.Evidence;
import dev.dryrun.scenario.evidence.PredictionInterval;
import dev.dryrun.scenario.evidence.Residual;
import java.util.List;
import java.util.Locale;

/// What supports a prediction, as two lines: the grade, and the measured run that is most alike.
final class EvidenceLines {
    private EvidenceLines() {}

    /// The bounds of a time, in its unit: `(17.2 to 19.4)`, `(980 ms to 1.10 s)`.
    static String bounds(PredictionInterval interval) {
        String low = Amount.seconds(interval.lowSeconds());
        String high = Amount.seconds(interval.highSeconds());
        String lowUnit = low.substring(low.indexOf(' '));
        return high.endsWith(lowUnit)
                ? "(" + low.substring(0, low.length() - lowUnit.length()) + " to "
                        + high.substring(0, high.length() - lowUnit.length()) + ")"
                : "(" + low + " to " + high + ")";
    }

    static List<String> of(Evidence evidence) {
        String grade = evidence.grade() + ": " + evidence.grade().words();
        if (evidence.nearest().isEmpty()) {
            return List.of(grade);
        }
        Residual run = evidence.nearest().getFirst().run();
        return List.of(
                grade,
                String.format(
                        Locale.ROOT,
                        "nearest: %s, %s on %,d %s, error %+.1f %%",
                        run.id(),
                        run.features().model(),
                        run.features().gpus(),
                        run.hardware(),
                        run.errorPct()));
    }
}
