// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import dev.dryrun.hardware.topology.Bisection;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkCensus;
import dev.dryrun.scenario.network.Way;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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

    public static String way(Way way, Paper paper) {
        var out = new StringBuilder();
        line(
                out,
                String.format(
                        Locale.ROOT,
                        "%s  rank %d to rank %d%s",
                        paper.bold("way"),
                        way.from(),
                        way.to(),
                        latency(way).map(latency -> ": " + latency).orElse("")));
        Optional<Way.Step> bottleneck = way.bottleneck();
        for (Way.Step step : way.steps()) {
            String share = step.share() == 1 ? "" : "  " + share(step) + " of the bytes";
            boolean binds = bottleneck.filter(step::equals).isPresent();
            line(
                    out,
                    String.format(
                            Locale.ROOT,
                            "  %-40s %s%s%s",
                            step.name(),
                            rate(step.bytesPerSecond()),
                            share,
                            binds ? paper.yellow("  binds") : ""));
        }
        bottleneck.ifPresent(step ->
                line(out, "  a message alone gets " + rate(step.allows()) + " of raw bandwidth, by " + step.name()));
        return out.toString();
    }

    /// What a way takes without any bytes, as a person reads it; empty where it stays inside a node, whose links have
    /// no latency apart from what a library needs for a hop.
    public static Optional<String> latency(Way way) {
        return way.latencySeconds() > 0
                ? Optional.of(Amount.seconds(way.latencySeconds()) + " of interfaces, switches and lines")
                : Optional.empty();
    }

    /// What of a cluster is slow or down, as a person reads it; empty where all is well.
    public static Optional<String> degraded(Cluster cluster) {
        return DegradedLine.parts(cluster);
    }

    /// A share as a person reads it.
    public static String percent(double share) {
        return Amount.percent(share);
    }

    /// The share of the bytes that takes a link.
    public static String share(Way.Step step) {
        return Amount.percent(step.share());
    }

    /// A rate as a person reads it.
    public static String rate(double bytesPerSecond) {
        return bytesPerSecond >= 1e12
                ? Amount.digits(bytesPerSecond / 1e12) + " TB/s"
                : Amount.digits(bytesPerSecond / 1e9) + " GB/s";
    }

    private static void line(StringBuilder out, String text) {
        out.append(text.stripTrailing()).append('\n');
    }
}
