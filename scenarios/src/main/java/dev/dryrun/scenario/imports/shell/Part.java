// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A piece of a word as it is written.
sealed interface Part {
    /// Whether it stands in quotes, so that its value is not split at blanks.
    boolean quoted();

    /// Text that means itself.
    record Literal(Traced text, boolean quoted) implements Part {}

    /// `$NAME`, `${NAME}`, `${NAME[INDEX]}`, `${#NAME}`, `${NAME:-operand}`.
    ///
    /// @param source as written
    /// @param prefix `#` for the length, `!` for the variable that it names; else empty
    /// @param index as written; empty where there is none
    /// @param operator `:-`, `%%`, `//` and so on; empty where there is none
    record Parameter(
            int at,
            String source,
            String prefix,
            String name,
            String index,
            String operator,
            @Nullable Word operand,
            boolean quoted)
            implements Part {}

    /// `$((expression))`.
    record Arithmetic(int at, String source, Word expression, boolean quoted) implements Part {}

    /// `$(command)` and its like, which would have to be run.
    record Output(int at, String source, boolean quoted) implements Part {}

    /// A word: pieces without a blank between them.
    record Word(int at, List<Part> parts) {
        public Word {
            parts = List.copyOf(parts);
        }

        /// The word if it is nothing but bare text, such as a keyword; else empty.
        String bare() {
            return parts.size() == 1 && parts.getFirst() instanceof Literal literal && !literal.quoted()
                    ? literal.text().raw()
                    : "";
        }
    }
}
