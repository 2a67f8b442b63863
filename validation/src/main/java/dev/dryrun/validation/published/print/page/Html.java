// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.print.page;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/// Pieces of HTML.
final class Html {
    private Html() {}

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// A table that scrolls by itself where the screen is narrow; the first column is a name, the others are figures.
    static String table(List<String> head, List<List<String>> rows) {
        var out = new StringBuilder("<div class=\"wide\"><table>\n<thead><tr>");
        head.forEach(cell -> out.append("<th>").append(escaped(cell)).append("</th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr>");
            row.forEach(cell -> out.append("<td>").append(escaped(cell)).append("</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table></div>\n").toString();
    }

    static String one(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%.1f", value.getAsDouble()) : "";
    }

    static String signed(OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, "%+.1f", value.getAsDouble()) : "";
    }
}
