// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.hardware.topology.Bisection;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkCensus;
import dev.dryrun.hardware.topology.Route;
import java.util.Locale;
import java.util.Map;

/// A network for a person: what it is made of, what its halves can exchange, and the way between two ranks.
public final class NetworkText {
    private NetworkText() {}

    public static String counts(Network network, Paper paper) {
        Cluster cluster = network.cluster();
        var out = new StringBuilder();
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "%s  %d %s %s, %d GPUs, fabric %s",
                        paper.bold("network"),
                        cluster.nodes(),
                        paper.times(),
                        cluster.node().name(),
                        cluster.gpus(),
                        cluster.fabric().name()));
        DegradedLine.of(cluster).forEach(text -> line(out, text));
        for (Map.Entry<String, NetworkCensus.Kind> entry :
                NetworkCensus.of(network).kinds().entrySet()) {
            NetworkCensus.Kind kind = entry.getValue();
            String rate = rate(kind.slowestBytesPerSecond())
                    + (kind.fastestBytesPerSecond() > kind.slowestBytesPerSecond()
                            ? " to " + rate(kind.fastestBytesPerSecond())
                            : "");
            line(out, String.format(Locale.ROOT, "  %,9d  %-34s %s", kind.count(), entry.getKey(), rate));
        }
        double bisection = Bisection.bytesPerSecond(network);
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "  bisection %s from one half to the other, %s a GPU",
                        rate(bisection),
                        rate(bisection / Math.max(1, cluster.gpus() / 2))));
        return out.toString();
    }

    public static String way(Network network, int from, int to, Paper paper) {
        Route route = network.route(from, to);
        var out = new StringBuilder();
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "%s  rank %d to rank %d: %s of interfaces, switches and lines",
                        paper.bold("way"),
                        from,
                        to,
                        Amount.seconds(route.latencySeconds())));
        int binding = binding(network, route);
        for (int i = 0; i < route.resources().length; i++) {
            int resource = route.resources()[i];
            String share = route.shares()[i] == 1 ? "" : "  " + Amount.percent(route.shares()[i]) + " of the bytes";
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "  %-40s %s%s%s",
                            network.nameOf(resource),
                            rate(network.capacityBytesPerSecond()[resource]),
                            share,
                            i == binding ? paper.yellow("  binds") : ""));
        }
        return out.toString();
    }

    /// The link of a way that is full first.
    private static int binding(Network network, Route route) {
        int binding = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < route.resources().length; i++) {
            double rate = network.capacityBytesPerSecond()[route.resources()[i]] / route.shares()[i];
            if (rate < least) {
                least = rate;
                binding = i;
            }
        }
        return binding;
    }

    private static String rate(double bytesPerSecond) {
        return bytesPerSecond >= 1e12
                ? Amount.digits(bytesPerSecond / 1e12) + " TB/s"
                : Amount.digits(bytesPerSecond / 1e9) + " GB/s";
    }

    private static void line(StringBuilder out, String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
