// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.trace;

import dev.dryrun.scenario.report.Amount;
import dev.dryrun.validation.trace.TracedCollective;
import java.util.Formatter;
import java.util.List;

/// Collectives of traces beside their predictions, those that took most time first.
final class CollectiveTable {
    private static final int MOST = 20;

    private CollectiveTable() {}

    static void add(Formatter lines, List<ComparedCollective> collectives) {
        lines.format(
                "%-30s %12s %6s %6s %9s %9s %9s%n",
                "collective", "bytes", "ranks", "calls", "median", "quartile", "predicted");
        for (ComparedCollective one : collectives.subList(0, Math.min(MOST, collectives.size()))) {
            TracedCollective shape = one.timed().shape();
            lines.format(
                    "%-30s %12.0f %6d %6d %9s %9s %9s%n",
                    shape.kind(),
                    shape.bytes(),
                    shape.groupSize(),
                    one.timed().calls(),
                    Amount.seconds(one.timed().medianSeconds()),
                    Amount.seconds(one.timed().quartileSeconds()),
                    predicted(one));
        }
        if (collectives.size() > MOST) {
            lines.format("The %d of %d that took most time; --json has all.%n", MOST, collectives.size());
        }
        lines.format("A collective's time includes its wait for the slowest rank and what runs beside it.%n");
        lines.format("The lower quartile has least of that: compare it with the prediction, which is of the%n");
        lines.format("collective alone in one node. Over several nodes there is none, because a trace does%n");
        lines.format("not tell what joins them. Nothing is fitted to collectives.%n%n");
    }

    private static String predicted(ComparedCollective one) {
        return one.predictedSeconds().isPresent()
                ? Amount.seconds(one.predictedSeconds().getAsDouble())
                : "(" + one.unknown() + ")";
    }
}
