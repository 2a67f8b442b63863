// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import java.nio.charset.Charset;

/// What text is written on: whether it takes colours, and signs beyond ASCII.
///
/// @param colour whether escape sequences are understood
/// @param unicode whether block characters can be shown
public record Paper(boolean colour, boolean unicode) {
    private static final String RESET = "\u001b[0m";

    /// Plain text of ASCII only, as for a file.
    public static final Paper PLAIN = new Paper(false, false);

    /// Text in a charset.
    public static Paper of(boolean colour, Charset charset) {
        return new Paper(colour, charset.newEncoder().canEncode('\u2588'));
    }

    String bold(String text) {
        return paint("1", text);
    }

    String dim(String text) {
        return paint("2", text);
    }

    String green(String text) {
        return paint("32", text);
    }

    String yellow(String text) {
        return paint("33", text);
    }

    String red(String text) {
        return paint("1;31", text);
    }

    private String paint(String code, String text) {
        return colour && !text.isEmpty() ? "\u001b[" + code + "m" + text + RESET : text;
    }

    String times() {
        return unicode ? "\u00d7" : "x";
    }

    /// A bar of a share of `width`, and beside it the lighter rest up to a second, larger share.
    String bar(double share, double upTo, int width) {
        int full = cells(share, width);
        int all = Math.max(full, cells(upTo, width));
        String solid = (unicode ? "\u2588" : "#").repeat(full);
        String light = (unicode ? "\u2591" : ".").repeat(all - full);
        return solid + dim(light) + " ".repeat(width - all);
    }

    /// Something that is there shows at least one cell.
    private static int cells(double share, int width) {
        int cells = (int) Math.round(share * width);
        return Math.clamp(share > 0.001 ? Math.max(1, cells) : cells, 0, width);
    }
}
