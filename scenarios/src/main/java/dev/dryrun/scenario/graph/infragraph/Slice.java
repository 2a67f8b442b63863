// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.infragraph;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A name with the indices that are meant, in the notation of Python: `xpu` (all), `xpu[3]`, `xpu[0:4]`, `xpu[:]`.
///
/// @param first index
/// @param end one more than the last; the largest number where the last of all is meant
record Slice(String name, int first, int end) {
    private static final Pattern WRITTEN =
            Pattern.compile("([^\\[\\].]+)(?:\\[(?:(\\d{1,6})|(\\d{0,6}):(\\d{0,6}))])?");

    /// The slice; null where the text is none.
    static @Nullable Slice read(String written) {
        Matcher matcher = WRITTEN.matcher(written.strip());
        if (!matcher.matches()) {
            return null;
        }
        String single = matcher.group(2);
        if (single != null) {
            return new Slice(matcher.group(1), Integer.parseInt(single), Integer.parseInt(single) + 1);
        }
        return new Slice(matcher.group(1), number(matcher.group(3), 0), number(matcher.group(4), Integer.MAX_VALUE));
    }

    private static int number(@Nullable String written, int otherwise) {
        return written == null || written.isEmpty() ? otherwise : Integer.parseInt(written);
    }

    /// The same for so many things: without an end it ends at the last.
    Slice of(int count) {
        return end == Integer.MAX_VALUE ? new Slice(name, first, count) : this;
    }

    int size() {
        return Math.max(0, end - first);
    }
}
