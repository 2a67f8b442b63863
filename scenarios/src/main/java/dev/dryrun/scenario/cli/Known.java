// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.catalog.Nearest;
import dev.dryrun.hardware.catalog.Position;
import dev.dryrun.hardware.catalog.Problem;
import java.util.List;

/// Words of the command line that must be known ones.
final class Known {
    /// The place of what is wrong with the command line.
    static final Position COMMAND_LINE = Position.onCommandLine();

    private static final int MOST_LISTED = 12;

    private Known() {}

    /// The word as it is known; a kind may be written in the singular.
    ///
    /// @throws InvalidInputException where it is none, with the nearest
    static String word(String written, List<String> known, String what, String rule) {
        for (String word : List.of(written, written + "s", written.replaceFirst("y$", "ies"))) {
            if (known.contains(word)) {
                return word;
            }
        }
        String nearest = Nearest.quoted(written, known);
        throw new InvalidInputException(List.of(new Problem(
                COMMAND_LINE,
                what,
                "\"" + written + "\"",
                rule,
                nearest.isEmpty() ? "one of " + few(known) : nearest)));
    }

    private static String few(List<String> words) {
        boolean all = words.size() <= MOST_LISTED;
        return String.join(", ", all ? words : words.subList(0, MOST_LISTED)) + (all ? "" : ", ...");
    }
}
