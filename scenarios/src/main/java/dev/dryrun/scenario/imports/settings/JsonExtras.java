// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.settings;

import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problems;
import org.jspecify.annotations.Nullable;

/// Finds what people put into JSON though it has no place there: comments and commas before a closing bracket. Some
/// programs read them all the same; here each is a problem of its own, and the rest of the file is read as if it were
/// not there.
final class JsonExtras {
    private final String file;
    private final StringBuilder text;
    private final Problems problems;
    private int line = 1;
    private int lineStart;

    JsonExtras(String file, String text, Problems problems) {
        this.file = file;
        this.text = new StringBuilder(text.startsWith("\uFEFF") ? text.substring(1) : text);
        this.problems = problems;
    }

    /// The text with spaces in place of what was found.
    String removed() {
        @Nullable Position comma = null;
        int commaAt = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> newLine(i);
                case '"' -> {
                    i = endOfString(i);
                    comma = null;
                }
                case '#', '/' -> i = comment(i);
                case ',' -> {
                    comma = here(i);
                    commaAt = i;
                }
                case '}', ']' -> {
                    if (comma != null) {
                        extra(comma, commaAt, commaAt + 1, "a comma before a closing bracket");
                    }
                    comma = null;
                }
                default -> comma = Character.isWhitespace(c) ? comma : null;
            }
        }
        return text.toString();
    }

    private void newLine(int at) {
        line++;
        lineStart = at + 1;
    }

    private int endOfString(int from) {
        int i = from + 1;
        while (i < text.length() && text.charAt(i) != '"' && text.charAt(i) != '\n') {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i < text.length() && text.charAt(i) == '"' ? i : Math.min(i, text.length()) - 1;
    }

    private int comment(int from) {
        boolean block = text.charAt(from) == '/' && text.indexOf("/*", from) == from;
        boolean toEndOfLine = text.charAt(from) == '#' || text.indexOf("//", from) == from;
        if (!block && !toEndOfLine) {
            return from;
        }
        int end = block ? text.indexOf("*/", from + 2) : text.indexOf("\n", from);
        end = end < 0 ? text.length() : block ? end + 2 : end;
        extra(here(from), from, end, "a comment");
        for (int i = from; i < end; i++) {
            if (text.charAt(i) == '\n') {
                newLine(i);
            }
        }
        return end - 1;
    }

    private Position here(int at) {
        return new Position(file, line, Math.max(1, at - lineStart + 1));
    }

    private void extra(Position at, int from, int to, String what) {
        problems.add(at, what, "", "has no place in JSON", "delete it");
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '\n') {
                text.setCharAt(i, ' ');
            }
        }
    }
}
