// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.scenario.report.Amount;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/// Two timelines of the same step, one above the other on one clock, as a page of HTML that asks nothing of any other.
final class TimelinePage {
    private static final double WIDTH = 1600;
    private static final double LANE = 26;
    private static final double LABEL = 150;
    private static final double VISIBLE_PIXELS = 0.6;

    private final StringBuilder out = new StringBuilder();
    private final double seconds;

    private TimelinePage(double seconds) {
        this.seconds = seconds;
    }

    /// @param seconds that the clock shows, the longer of the two steps
    static String write(String title, String summary, double seconds, List<Lane> measured, List<Lane> simulated) {
        var page = new TimelinePage(seconds);
        page.head(title, summary, kinds(measured, simulated));
        page.timeline("Measured", measured);
        page.timeline("Simulated", simulated);
        return page.out.append("</body>\n</html>\n").toString();
    }

    private static Set<String> kinds(List<Lane> measured, List<Lane> simulated) {
        Set<String> kinds = new TreeSet<>();
        for (List<Lane> lanes : List.of(measured, simulated)) {
            lanes.forEach(lane -> lane.spans().forEach(span -> kinds.add(span.kind())));
        }
        return kinds;
    }

    private void head(String title, String summary, Set<String> kinds) {
        out.append("""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <title>%s</title>
            <style>
            %s</style>
            </head>
            <body>
            <h1>%s</h1>
            <p>%s</p>
            <p class="legend">\
            """.formatted(escaped(title), style(), escaped(title), escaped(summary)));
        kinds.forEach(kind -> out.append("<span class=\"key ")
                .append(kind)
                .append("\">")
                .append(escaped(kind.replace('_', ' ').replace("comm", "traffic")))
                .append("</span>\n"));
        out.append("</p>\n");
    }

    private void timeline(String name, List<Lane> lanes) {
        double height = LANE * Math.max(1, lanes.size()) + 24;
        out.append(String.format(
                Locale.ROOT,
                "<h2>%s</h2>%n<div class=\"scroll\"><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%n",
                name,
                LABEL + WIDTH,
                height,
                name + " timeline"));
        for (int i = 0; i < lanes.size(); i++) {
            lane(lanes.get(i).joined(seconds / WIDTH * VISIBLE_PIXELS), i * LANE);
        }
        axis(height - 20);
        out.append("</svg></div>\n");
    }

    private void lane(Lane lane, double top) {
        out.append(String.format(
                Locale.ROOT, "<text x=\"0\" y=\"%.1f\">%s</text>%n", top + LANE * 0.62, escaped(lane.name())));
        for (Span span : lane.spans()) {
            out.append(String.format(
                    Locale.ROOT,
                    "<rect class=\"%s\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"><title>%s,"
                            + " %s</title></rect>%n",
                    span.kind(),
                    LABEL + span.startSeconds() / seconds * WIDTH,
                    top + 3,
                    Math.max(VISIBLE_PIXELS, span.seconds() / seconds * WIDTH),
                    LANE - 6,
                    escaped(span.name()),
                    Amount.seconds(span.seconds())));
        }
    }

    private void axis(double top) {
        for (int tenth = 0; tenth <= 10; tenth++) {
            double x = LABEL + WIDTH * tenth / 10.0;
            out.append(String.format(
                    Locale.ROOT,
                    "<line x1=\"%.1f\" x2=\"%.1f\" y1=\"0\" y2=\"%.1f\"/><text class=\"tick\" x=\"%.1f\""
                            + " y=\"%.1f\">%s</text>%n",
                    x,
                    x,
                    top + 4,
                    Math.min(x, LABEL + WIDTH - 70) + 3,
                    top + 16,
                    tenth == 0 ? "0" : Amount.seconds(seconds * tenth / 10)));
        }
    }

    private static String style() {
        try (InputStream in = TimelinePage.class.getResourceAsStream("timeline.css")) {
            if (in == null) {
                throw new IllegalStateException("timeline.css is not among the classes");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
