// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.network.BenchUncertainty;
import dev.dryrun.scenario.network.BenchUncertainty.Interval;
import dev.dryrun.scenario.network.CollectiveBench;
import java.util.List;
import java.util.Locale;

/// A benchmark of a collective as a table, and as a chart of its bus bandwidth.
public final class BenchText {
    private static final int BAR = 50;

    private BenchText() {}

    /// @param intervals one standard deviation of each row
    public static String table(CollectiveBench bench, List<Interval> intervals) {
        var out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%14s %12s %12s %12s %21s  %-11s %-8s  %s%n",
                "size (B)",
                "time (us)",
                "algbw (GB/s)",
                "busbw (GB/s)",
                "one sigma (us)",
                "algorithm",
                "protocol",
                "bottleneck"));
        for (int i = 0; i < bench.rows().size(); i++) {
            CollectiveBench.Row row = bench.rows().get(i);
            Interval interval = intervals.get(i);
            out.append(String.format(
                    Locale.ROOT,
                    "%14.0f %12.2f %12.2f %12.2f %21s  %-11s %-8s  %s%n",
                    row.bytes(),
                    row.seconds() * 1e6,
                    row.algorithmBytesPerSecond() * 1e-9,
                    row.busBytesPerSecond() * 1e-9,
                    sigma(interval),
                    row.algorithm(),
                    row.protocol().key(),
                    row.bottleneck()));
        }
        if (intervals.stream().anyMatch(interval -> isWide(interval.basis()))) {
            out.append("* wide: rests on figures of links or network that nobody measured\n");
        }
        return out.toString();
    }

    private static String sigma(Interval interval) {
        return String.format(
                Locale.ROOT,
                "%s to %s%s",
                Amount.digits(interval.lowSeconds() * 1e6),
                Amount.digits(interval.highSeconds() * 1e6),
                isWide(interval.basis()) ? "*" : " ");
    }

    private static boolean isWide(BenchUncertainty.Basis basis) {
        return switch (basis) {
            case PRIOR -> true;
            case MEASURED_CLASS -> false;
        };
    }

    public static String chart(CollectiveBench bench, Paper paper) {
        List<CollectiveBench.Row> rows = bench.rows();
        double most = rows.stream()
                .mapToDouble(CollectiveBench.Row::busBytesPerSecond)
                .max()
                .orElse(1);
        if (!bench.kind().hasBytes()) {
            return "";
        }
        var out = new StringBuilder("\nbusbw (GB/s) by size\n");
        for (CollectiveBench.Row row : rows) {
            out.append(String.format(
                            Locale.ROOT,
                            "%10s %s %s",
                            Amount.binaryBytes(row.bytes()),
                            paper.bar(row.busBytesPerSecond() / most, 0, BAR),
                            Amount.digits(row.busBytesPerSecond() * 1e-9))
                    .stripTrailing());
            out.append('\n');
        }
        return out.toString();
    }
}
