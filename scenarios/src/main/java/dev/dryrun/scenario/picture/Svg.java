// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.picture;

import java.util.Locale;

/// Writes SVG.
final class Svg {
    private final StringBuilder out = new StringBuilder();

    Svg raw(String markup) {
        out.append(markup);
        return this;
    }

    void box(String style, Spot spot, double radius, String title) {
        out.append("<g class=\"")
                .append(style)
                .append("\"><title>")
                .append(escaped(title))
                .append("</title><rect x=\"");
        out.append(number(spot.left()))
                .append("\" y=\"")
                .append(number(spot.top()))
                .append("\" width=\"");
        out.append(number(spot.width()))
                .append("\" height=\"")
                .append(number(spot.height()))
                .append("\" rx=\"");
        out.append(number(radius)).append("\"/></g>\n");
    }

    /// A path by its commands.
    void path(String style, String commands, double width, String title) {
        out.append("<path class=\"")
                .append(style)
                .append("\" d=\"")
                .append(commands)
                .append("\" stroke-width=\"");
        out.append(number(width)).append("\"><title>").append(escaped(title)).append("</title></path>\n");
    }

    void text(String style, double x, double y, String text) {
        out.append("<text class=\"")
                .append(style)
                .append("\" x=\"")
                .append(number(x))
                .append("\" y=\"");
        out.append(number(y)).append("\">").append(escaped(text)).append("</text>\n");
    }

    /// A coordinate to a tenth of a pixel.
    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
