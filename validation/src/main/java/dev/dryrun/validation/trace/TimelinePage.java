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

/// Steps, each with two timelines one above the other on one clock, as a page of HTML that asks nothing of any other.
public final class TimelinePage {
    private static final double WIDTH = 1600;
    private static final double LANE = 26;
    private static final double LABEL = 175;
    private static final double VISIBLE_PIXELS = 0.6;

    private final StringBuilder steps = new StringBuilder();
    private final Set<String> kinds = new TreeSet<>();
    private final String title;
    private final String summary;

    /// @param summary a sentence or two below the title
    public TimelinePage(String title, String summary) {
        this.title = title;
        this.summary = summary;
    }

    /// Adds a step.
    ///
    /// @param heading above it; empty for none
    /// @param words below the heading; empty for none
    /// @param seconds that the clock shows, the longer of the two steps
    public void step(String heading, String words, double seconds, List<Lane> measured, List<Lane> simulated) {
        if (!heading.isEmpty()) {
            steps.append("<h2>").append(escaped(heading)).append("</h2>\n");
        }
        if (!words.isEmpty()) {
            steps.append("<p>").append(escaped(words)).append("</p>\n");
        }
        note(measured);
        note(simulated);
        timeline("Measured", measured, seconds);
        timeline("Simulated", simulated, seconds);
    }

    private void note(List<Lane> lanes) {
        lanes.forEach(lane -> lane.spans().forEach(span -> kinds.add(span.kind())));
    }

    /// The page.
    public String html() {
        var html = new StringBuilder(head());
        kinds.forEach(kind -> html.append("<span class=\"key ")
                .append(kind)
                .append("\">")
                .append(escaped(kind.replace('_', ' ').replace("comm", "traffic")))
                .append("</span>\n"));
        return html.append("</p>\n").append(steps).append("</body>\n</html>\n").toString();
    }

    private String head() {
        return """
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
            """.formatted(escaped(title), style(), escaped(title), escaped(summary));
    }

    private void timeline(String name, List<Lane> lanes, double seconds) {
        double height = LANE * Math.max(1, lanes.size()) + 24;
        steps.append(String.format(
                Locale.ROOT,
                "<h3>%s</h3>%n<div class=\"scroll\"><svg viewBox=\"0 0 %.0f %.0f\" role=\"img\" aria-label=\"%s\">%n",
                name,
                LABEL + WIDTH,
                height,
                name + " timeline"));
        for (int i = 0; i < lanes.size(); i++) {
            lane(lanes.get(i).joined(seconds / WIDTH * VISIBLE_PIXELS), i * LANE, seconds);
        }
        axis(height - 20, seconds);
        steps.append("</svg></div>\n");
    }

    private void lane(Lane lane, double top, double seconds) {
        steps.append(String.format(
                Locale.ROOT, "<text x=\"0\" y=\"%.1f\">%s</text>%n", top + LANE * 0.62, escaped(lane.name())));
        for (Span span : lane.spans()) {
            steps.append(String.format(
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

    private void axis(double top, double seconds) {
        for (int tenth = 0; tenth <= 10; tenth++) {
            double x = LABEL + WIDTH * tenth / 10.0;
            steps.append(String.format(
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
