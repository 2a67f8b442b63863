// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.validation.calibrate.nccltests.BenchmarkRun;
import dev.dryrun.validation.published.collective.table.MeasuredCollective.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/// Prints logs as nccl-tests does, of times that known constants make.
final class LogMaker {
    private final SiteValues truth;
    private final String product;
    private final RandomGenerator random;
    private final double noise;

    /// @param noise standard deviation of the logarithm of each time
    LogMaker(SiteValues truth, String product, RandomGenerator random, double noise) {
        this.truth = truth;
        this.product = product;
        this.random = random;
        this.noise = noise;
    }

    /// A run over sizes that double, from 1 KiB on.
    ///
    /// @param perNode GPUs used of each node
    /// @param launch a process for each GPU, or one for all of a node
    String run(CollectiveKind kind, int nodes, int perNode, Launch launch, double toBytes) {
        SiteSeries.Timing timing = timing(kind, nodes, perNode, launch);
        var rows = new ArrayList<double[]>();
        for (double bytes = 1024; bytes <= toBytes; bytes *= 2) {
            rows.add(new double[] {bytes, 1e6 * noisy(timing.seconds(bytes)), 1e6 * noisy(timing.seconds(bytes))});
        }
        return log(name(kind), nodes, perNode, launch, product, rows);
    }

    private SiteSeries.Timing timing(CollectiveKind kind, int nodes, int perNode, Launch launch) {
        List<Integer> members = new ArrayList<>();
        for (int i = 0; i < nodes * perNode; i++) {
            members.add(i / perNode * truth.machine().node().gpus() + i % perNode);
        }
        var run = new BenchmarkRun(Position.startOf("made"), name(kind), 1, List.of(), List.of(), "", true);
        return SiteSeries.of(run, kind, truth.machine(), nodes, members, launch, List.of())
                .timing(truth);
    }

    private double noisy(double seconds) {
        return seconds * Math.exp(noise * random.nextGaussian());
    }

    static String name(CollectiveKind kind) {
        return kind == CollectiveKind.SEND_RECV || kind == CollectiveKind.ALL_TO_ALL
                ? kind.name().toLowerCase(Locale.ROOT).replace("_", "")
                : kind.name().toLowerCase(Locale.ROOT);
    }

    /// A log with given rows of bytes and microseconds, out of place and in place.
    static String log(String collective, int nodes, int perNode, Launch launch, String product, List<double[]> rows) {
        var out = new StringBuilder();
        boolean alone = launch == Launch.MPI;
        line(out, "# nccl-tests version 2.18.3 nccl-headers=23003 nccl-library=23003");
        line(out, String.format(Locale.ROOT, "# Collective test starting: %s_perf", collective));
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "# nThread 1 nGpus %d minBytes %.0f maxBytes %.0f step: 2(factor) warmup iters: 5 iters: 20"
                                + " agg iters: 1 validation: 1 graph: 0 unalign: 0",
                        alone ? 1 : perNode,
                        rows.getFirst()[0],
                        rows.getLast()[0]));
        line(out, "#");
        line(out, "# Using devices");
        for (int rank = 0; rank < nodes * perNode; rank++) {
            int node = rank / perNode;
            int device = rank % perNode;
            int process = 1000 + (alone ? rank : node);
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "#  Rank %2d Group  0 Pid %6d on %10s device %2d [0000:%02x:00] %s",
                            rank,
                            process,
                            "node" + node,
                            device,
                            16 + device,
                            product));
        }
        line(out, "#");
        line(out, String.format(Locale.ROOT, "#%68s%35s", "out-of-place", "in-place"));
        String titles = "#%12s %12s %8s %6s %6s %8s %7s %7s %6s %8s %7s %7s %6s";
        line(
                out,
                String.format(
                        Locale.ROOT,
                        titles,
                        "size",
                        "count",
                        "type",
                        "redop",
                        "root",
                        "time",
                        "algbw",
                        "busbw",
                        "#wrong",
                        "time",
                        "algbw",
                        "busbw",
                        "#wrong"));
        line(
                out,
                String.format(
                        Locale.ROOT,
                        titles,
                        "(B)",
                        "(elements)",
                        "",
                        "",
                        "",
                        "(us)",
                        "(GB/s)",
                        "(GB/s)",
                        "",
                        "(us)",
                        "(GB/s)",
                        "(GB/s)",
                        ""));
        for (double[] row : rows) {
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            " %12.0f %12.0f %8s %6s %6d %8s %7.2f %7.2f %6d %8s %7.2f %7.2f %6s",
                            row[0],
                            row[0] / 4,
                            "float",
                            "none",
                            -1,
                            micros(row[1]),
                            row[0] / row[1] * 1e-3,
                            row[0] / row[1] * 1e-3,
                            0,
                            micros(row[2]),
                            row[0] / row[2] * 1e-3,
                            row[0] / row[2] * 1e-3,
                            "N/A"));
        }
        line(out, "# Out of bounds values : 0 OK");
        line(out, "# Avg bus bandwidth    : 100.0");
        line(out, "#");
        line(out, String.format(Locale.ROOT, "# Collective test concluded: %s_perf", collective));
        return out.toString();
    }

    private static String micros(double value) {
        int digits = value < 1e4 ? 2 : value < 1e5 ? 1 : 0;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }

    private static void line(StringBuilder out, String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
