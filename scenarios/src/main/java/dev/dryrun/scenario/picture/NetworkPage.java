// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import dev.dryrun.hardware.topology.Bisection;
import dev.dryrun.hardware.topology.Cluster;
import dev.dryrun.hardware.topology.Network;
import dev.dryrun.hardware.topology.NetworkCensus;
import dev.dryrun.scenario.network.Way;
import dev.dryrun.scenario.report.NetworkText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A network as one page of HTML, which asks nothing of any other: the picture, what it is made of, and the way between
/// two ranks.
public final class NetworkPage {
    private final StringBuilder out = new StringBuilder();

    private NetworkPage() {}

    /// @param way that is marked; null for none
    public static String write(Network network, @Nullable Way way) {
        var page = new NetworkPage();
        var picture = new NetworkPicture(network, way);
        page.head(network);
        page.legend(picture.styles(), way);
        page.out.append("<figure>\n").append(picture.write()).append("</figure>\n<div class=\"tables\">\n");
        page.counts(network);
        if (way != null) {
            page.way(way);
        }
        return page.out.append("</div>\n</body>\n</html>\n").toString();
    }

    private void head(Network network) {
        Cluster cluster = network.cluster();
        String title = String.format(
                Locale.ROOT, "%,d × %s", cluster.nodes(), cluster.node().name());
        out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width\">\n<title>")
                .append(Svg.escaped(title));
        double bisection = Bisection.bytesPerSecond(network);
        out.append("</title>\n<style>\n").append(style()).append("</style>\n</head>\n<body>\n<h1>");
        out.append(Svg.escaped(title)).append("</h1>\n<p>");
        out.append(String.format(
                Locale.ROOT,
                "%,d GPUs%s. From one half to the other: %s, %s a GPU.",
                cluster.gpus(),
                cluster.nodes() == 1
                        ? ""
                        : ", fabric " + Svg.escaped(cluster.fabric().name()),
                NetworkText.rate(bisection),
                NetworkText.rate(bisection / Math.max(1, cluster.gpus() / 2))));
        out.append("</p>\n");
        NetworkText.degraded(cluster)
                .ifPresent(parts -> out.append("<p class=\"damage\">Slow or down: ")
                        .append(Svg.escaped(parts))
                        .append(".</p>\n"));
    }

    private static String style() {
        try (InputStream in = NetworkPage.class.getResourceAsStream("network.css")) {
            if (in == null) {
                throw new IllegalStateException("network.css is not among the classes");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void legend(Set<String> styles, @Nullable Way way) {
        out.append("<p class=\"legend\">");
        key(styles, "up", "links between GPUs");
        key(styles, "pcie", "PCIe, buses");
        key(styles, "net", "network");
        key(styles, "slow", "slower than it should be");
        key(styles, "down", "down");
        if (way != null) {
            out.append("<span class=\"key way\">the way from rank ").append(way.from());
            out.append(" to rank ").append(way.to()).append("</span><span class=\"key binds\">what binds it</span>");
        }
        out.append("<span>The wider a line, the faster: half a pixel for each doubling. Point at things for figures.");
        out.append("</span></p>\n");
    }

    private void key(Set<String> styles, String style, String words) {
        if (styles.contains(style)) {
            out.append("<span class=\"key ")
                    .append(style)
                    .append("\">")
                    .append(words)
                    .append("</span>");
        }
    }

    private void counts(Network network) {
        out.append("<table>\n<caption>Links, each direction for itself</caption>\n");
        out.append("<thead><tr><th>kind</th><th>count</th><th>rate of each</th></tr></thead>\n<tbody>\n");
        for (Map.Entry<String, NetworkCensus.Kind> entry :
                NetworkCensus.of(network).kinds().entrySet()) {
            NetworkCensus.Kind kind = entry.getValue();
            String slowest = NetworkText.rate(kind.slowestBytesPerSecond());
            boolean alike = kind.fastestBytesPerSecond() <= kind.slowestBytesPerSecond();
            row(
                    "",
                    entry.getKey(),
                    String.format(Locale.ROOT, "%,d", kind.count()),
                    alike ? slowest : slowest + " to " + NetworkText.rate(kind.fastestBytesPerSecond()));
        }
        out.append("</tbody>\n</table>\n");
    }

    private void way(Way way) {
        out.append("<table>\n<caption>From rank ")
                .append(way.from())
                .append(" to rank ")
                .append(way.to());
        NetworkText.latency(way).ifPresent(latency -> out.append(", ").append(latency));
        out.append("</caption>\n");
        out.append("<thead><tr><th>link</th><th>rate</th><th>of the bytes</th></tr></thead>\n<tbody>\n");
        Optional<Way.Step> bottleneck = way.bottleneck();
        for (Way.Step step : way.steps()) {
            boolean binds = bottleneck.filter(step::equals).isPresent();
            row(
                    binds ? " class=\"binds\"" : "",
                    step.name() + (binds ? " (binds)" : ""),
                    NetworkText.rate(step.bytesPerSecond()),
                    NetworkText.share(step));
        }
        out.append("</tbody>\n</table>\n");
    }

    private void row(String attributes, String first, String... others) {
        out.append("<tr")
                .append(attributes)
                .append("><td>")
                .append(Svg.escaped(first))
                .append("</td>");
        for (String other : others) {
            out.append("<td>").append(Svg.escaped(other)).append("</td>");
        }
        out.append("</tr>\n");
    }
}
