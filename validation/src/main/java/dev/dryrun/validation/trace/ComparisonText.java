// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.scenario.report.Amount;
import java.util.List;
import java.util.Locale;

/// A comparison as text for a person.
final class ComparisonText {
    private ComparisonText() {}

    /// @param notes what the comparison rests on, a line each
    static String write(ProfilerTrace trace, String scenario, StepComparison comparison, List<String> notes) {
        var out = new StringBuilder();
        String device = trace.device().isEmpty() ? "a GPU" : trace.device();
        out.append(String.format(
                Locale.ROOT,
                "%s, rank %d of %d, %d step%s, beside %s%n%n",
                device,
                trace.rank(),
                trace.ranks(),
                trace.steps().size(),
                trace.steps().size() == 1 ? "" : "s",
                scenario));
        out.append(String.format(
                Locale.ROOT,
                "  step   measured %s   simulated %s   %+.1f %%%n%n",
                Amount.seconds(comparison.measuredSeconds()),
                Amount.seconds(comparison.simulatedSeconds()),
                comparison.errorPct()));
        out.append(String.format(
                Locale.ROOT,
                "  %-16s %12s %12s %12s %14s %14s%n",
                "time",
                "measured",
                "simulated",
                "difference",
                "busy measured",
                "busy simulated"));
        for (StepComparison.Row row : comparison.rows()) {
            out.append(String.format(
                            Locale.ROOT,
                            "  %-16s %12s %12s %12s %14s %14s",
                            row.kind().replace('_', ' ').replace("comm", "traffic"),
                            Amount.seconds(row.measuredSeconds()),
                            Amount.seconds(row.simulatedSeconds()),
                            signed(row.simulatedSeconds() - row.measuredSeconds()),
                            busy(row.measuredBusySeconds()),
                            busy(row.simulatedBusySeconds()))
                    .stripTrailing());
            out.append('\n');
        }
        notes.forEach(note -> out.append("  note  ").append(note).append('\n'));
        return out.toString();
    }

    private static String busy(double seconds) {
        return seconds == 0 ? "" : Amount.seconds(seconds);
    }

    private static String signed(double seconds) {
        return seconds == 0 ? "0" : (seconds < 0 ? "-" : "+") + Amount.seconds(Math.abs(seconds));
    }
}
