// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Unit;
import dev.dryrun.hardware.collective.TunedConstant;
import dev.dryrun.validation.calibrate.collective.Evidence.Series;
import dev.dryrun.validation.calibrate.site.SiteFit.Figure;
import dev.dryrun.validation.published.collective.mapping.Benchmark;
import dev.dryrun.validation.published.collective.table.MeasuredCollective;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A calibration for people: constants, what is left of the errors, what further runs would tell.
final class SiteReport {
    /// A row this far from the fit, in the logarithm, and this much farther than its run on average, is pointed out.
    private static final double FAR = 0.4;

    private static final double FARTHER = 3;
    private static final Map<TunedConstant, String> TOLD_BY = new EnumMap<>(Map.of(
            TunedConstant.MESSAGE_LATENCY, "an all-reduce of 8 B to 64 KiB over two nodes",
            TunedConstant.BULK_LATENCY, "an all-gather of 1 to 64 MiB over two nodes",
            TunedConstant.RING_EFFICIENCY, "an all-gather of 1 GiB and more over two nodes",
            TunedConstant.MESSAGE_EFFICIENCY, "a sendrecv or alltoall of 1 GiB between nodes",
            TunedConstant.RING, "an all-gather of 1 GiB and more on one node",
            TunedConstant.LOW_LATENCY_HOP, "an all-reduce of 8 B to 16 KiB on one node",
            TunedConstant.IN_SWITCH, "an all-reduce of 1 GiB and more on one node"));

    private final SiteFit fit;

    SiteReport(SiteFit fit) {
        this.fit = fit;
    }

    String text(List<String> notes) {
        var text = new StringBuilder();
        notes.forEach(note -> text.append(note).append('\n'));
        text.append(constants()).append('\n').append(residuals());
        far().forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }

    private String constants() {
        var text = new StringBuilder(String.format(
                "%-20s %12s %12s  %-24s %s%n", "constant", "catalog", "here", "10-90 %", "told by the logs"));
        for (Figure figure : fit.figures()) {
            TunedConstant constant = figure.constant();
            String told = figure.identified()
                    ? "yes"
                    : TOLD_BY.containsKey(constant) ? "no; " + TOLD_BY.get(constant) + " would" : "no";
            text.append(String.format(
                    "%-20s %12s %12s  %-24s %s%n",
                    constant.key(),
                    amount(constant, figure.before()),
                    amount(constant, figure.value()),
                    amount(constant, figure.low()) + " to " + amount(constant, figure.high()),
                    told));
        }
        return text.toString();
    }

    /// A value as files write it, three digits.
    static String amount(TunedConstant constant, double si) {
        double scale = constant.unit() == Unit.SECONDS ? 1e-6 : constant.unit() == Unit.BYTES_PER_SECOND ? 1e9 : 1;
        String suffix =
                constant.unit() == Unit.SECONDS ? " us" : constant.unit() == Unit.BYTES_PER_SECOND ? " GB/s" : "";
        double value = si / scale;
        int digits = (int) Math.max(0, 2 - Math.floor(Math.log10(value)));
        return String.format(Locale.ROOT, "%." + digits + "f", value) + suffix;
    }

    private String residuals() {
        var text = new StringBuilder(String.format(
                "%-16s %5s %5s %12s %12s %8s %8s%n",
                "collective", "nodes", "GPUs", "bytes", "time (us)", "catalog", "here"));
        Map<String, List<double[]>> byRegime = new TreeMap<>();
        for (Series one : fit.evidence().series()) {
            Benchmark.Timing before = one.benchmark().timing(fit.before());
            Benchmark.Timing after = one.benchmark().timing(fit.after());
            for (MeasuredCollective row : one.rows()) {
                double was = before.seconds(row.bytes()) / row.seconds() - 1;
                double is = after.seconds(row.bytes()) / row.seconds() - 1;
                text.append(String.format(
                        Locale.ROOT,
                        "%-16s %5d %5d %12.0f %12.2f %+7.1f%% %+7.1f%%%n",
                        row.sweep().collective(),
                        one.benchmark().nodes(),
                        one.benchmark().gpus().size(),
                        row.bytes(),
                        row.seconds() * 1e6,
                        100 * was,
                        100 * is));
                byRegime.computeIfAbsent(regime(row.bytes()), regime -> new ArrayList<>())
                        .add(new double[] {Math.abs(was), Math.abs(is)});
            }
        }
        text.append('\n');
        byRegime.forEach((regime, errors) -> text.append(String.format(
                Locale.ROOT,
                "%-18s %4d rows: mean error %5.1f %% with the catalog, %5.1f %% here%n",
                regime.substring(2),
                errors.size(),
                100 * errors.stream().mapToDouble(e -> e[0]).average().orElse(0),
                100 * errors.stream().mapToDouble(e -> e[1]).average().orElse(0))));
        return text.toString();
    }

    private static String regime(double bytes) {
        return bytes >= 1 << 20 ? "2 1 MiB and more" : bytes >= 8 << 10 ? "1 8 KiB to 1 MiB" : "0 below 8 KiB";
    }

    /// Rows that no constant explains while their neighbours are explained; they count all the same.
    private List<String> far() {
        List<String> lines = new ArrayList<>();
        for (Series one : fit.evidence().series()) {
            Benchmark.Timing timing = one.benchmark().timing(fit.after());
            double mean = one.rows().stream()
                    .mapToDouble(row -> Math.abs(Math.log(timing.seconds(row.bytes()) / row.seconds())))
                    .average()
                    .orElse(0);
            for (MeasuredCollective row : one.rows()) {
                double off = Math.abs(Math.log(timing.seconds(row.bytes()) / row.seconds()));
                if (off > FAR && off > FARTHER * mean) {
                    lines.add(row.id() + ": " + Math.round(row.bytes()) + " B took " + Math.round(row.seconds() * 1e6)
                            + " us, far from its neighbours' fit; run it again if it matters");
                }
            }
        }
        return lines;
    }
}
