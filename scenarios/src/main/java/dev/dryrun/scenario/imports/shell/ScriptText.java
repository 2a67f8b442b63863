// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.hardware.catalog.Position;
import java.util.Arrays;

/// The text of a script, and where in it each character stands.
public final class ScriptText {
    private static final int LONGEST_SHOWN = 60;

    private final String name;
    private final String text;
    private final int[] lineStarts;

    public ScriptText(String name, String text) {
        this.name = name;
        this.text = text;
        int lines = 1 + (int) text.chars().filter(c -> c == '\n').count();
        lineStarts = new int[lines];
        int line = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\n') {
                lineStarts[++line] = i + 1;
            }
        }
    }

    public String text() {
        return text;
    }

    /// Line and column of a character.
    public Position position(int at) {
        int found = Arrays.binarySearch(lineStarts, at);
        int line = found >= 0 ? found : -found - 2;
        return new Position(name, line + 1, at - lineStarts[line] + 1);
    }

    public int line(int at) {
        return position(at).line();
    }

    /// The text between two places for a message: on one line and not too long.
    String shown(int from, int to) {
        String part =
                text.substring(from, Math.min(to, from + LONGEST_SHOWN + 1)).replaceAll("\\s+", " ");
        return part.length() <= LONGEST_SHOWN ? part : part.substring(0, LONGEST_SHOWN - 3) + "...";
    }
}
