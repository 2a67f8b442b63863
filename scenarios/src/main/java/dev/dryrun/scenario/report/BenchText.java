// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.scenario.network.CollectiveBench;
import java.util.List;
import java.util.Locale;

/// A benchmark of a collective as a table, and as a chart of its bus bandwidth.
public final class BenchText {
    private static final int BAR = 50;

    private BenchText() {}

    public static String table(CollectiveBench bench) {
        var out = new StringBuilder();
        out.append(String.format(
                Locale.ROOT,
                "%14s %12s %12s %12s  %-14s %s%n",
                "size (B)",
                "time (us)",
                "algbw (GB/s)",
                "busbw (GB/s)",
                "algorithm",
                "bottleneck"));
        for (CollectiveBench.Row row : bench.rows()) {
            out.append(String.format(
                    Locale.ROOT,
                    "%14.0f %12.2f %12.2f %12.2f  %-14s %s%n",
                    row.bytes(),
                    row.seconds() * 1e6,
                    row.algorithmBytesPerSecond() * 1e-9,
                    row.busBytesPerSecond() * 1e-9,
                    row.algorithm(),
                    row.bottleneck()));
        }
        return out.toString();
    }

    public static String chart(CollectiveBench bench, Paper paper) {
        List<CollectiveBench.Row> rows = bench.rows();
        double most = rows.stream()
                .mapToDouble(CollectiveBench.Row::busBytesPerSecond)
                .max()
                .orElse(1);
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
