// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Literal;
import dev.dryrun.scenario.imports.shell.Part.Word;
import java.util.List;

/// `<<END` with the lines that follow the line on which it stands, up to one that is `END` alone.
final class HereDocument {
    private final int at;
    private final String end;
    /// Whether the end was quoted, which keeps variables from being filled in.
    private final boolean literal;
    private final boolean indented;
    private Word body;

    HereDocument(int at, String end, boolean literal, boolean indented) {
        this.at = at;
        this.end = end;
        this.literal = literal;
        this.indented = indented;
        body = new Word(at, List.of());
    }

    /// The text, empty until the lines have been read.
    Word body() {
        return body;
    }

    void readBody(Cursor cursor) {
        var text = new Traced.Builder();
        int place = cursor.place();
        while (!cursor.atEnd()) {
            Traced line = cursor.line();
            String raw = indented ? line.raw().replaceFirst("^\t+", "") : line.raw();
            if (raw.equals(end)) {
                Traced whole = text.build();
                body = literal
                        ? new Word(place, List.of(new Literal(whole, true)))
                        : new WordReader(cursor.inner(whole)).text(place);
                return;
            }
            text.append(line).append('\n', line.placeOr(place));
        }
        throw new ShellSyntaxException(
                at, "a text up to \"" + end + "\" that never ends", "a line that is " + end + " alone must end it", "");
    }
}
