// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.report;

import java.util.ArrayList;
import java.util.List;

/// Text broken into lines.
final class Paragraph {
    private Paragraph() {}

    /// Lines of at most so many characters, broken at spaces; a word that is longer has a line of its own.
    static List<String> lines(String text, int room) {
        List<String> lines = new ArrayList<>();
        var current = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!current.isEmpty() && current.length() + 1 + word.length() > room) {
                lines.add(current.toString());
                current.setLength(0);
            }
            current.append(current.isEmpty() ? "" : " ").append(word);
        }
        lines.add(current.toString());
        return lines;
    }
}
