// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// The name that somebody probably meant.
public final class Nearest {
    private Nearest() {}

    /// `"name"` in quotes: the known name with the fewest edits, or those that begin with what was written, three at
    /// most; empty where none is near (more than a third of the letters, and more than two, would have to change).
    public static String quoted(String written, Collection<String> known) {
        String wanted = written.toLowerCase(Locale.ROOT);
        String best = "";
        int fewest = Integer.MAX_VALUE;
        for (String name : known) {
            int edits = edits(wanted, name.toLowerCase(Locale.ROOT));
            if (edits < fewest) {
                fewest = edits;
                best = name;
            }
        }
        List<String> longer = known.stream()
                .filter(name ->
                        wanted.length() >= 3 && name.toLowerCase(Locale.ROOT).startsWith(wanted))
                .limit(3)
                .map(name -> "\"" + name + "\"")
                .toList();
        boolean near = fewest <= Math.max(2, wanted.length() / 3);
        if (longer.isEmpty() || fewest <= 1) {
            return near ? "\"" + best + "\"" : "";
        }
        return String.join(" or ", longer);
    }

    /// Insertions, deletions, substitutions and swaps of neighbours that turn one word into the other
    /// (the restricted Damerau-Levenshtein distance).
    static int edits(String from, String to) {
        int[] beforeLast = new int[to.length() + 1];
        int[] last = new int[to.length() + 1];
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(last[j - 1] + change, Math.min(last[j], row[j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && from.charAt(i - 1) == to.charAt(j - 2)
                        && from.charAt(i - 2) == to.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            int[] spare = beforeLast;
            beforeLast = last;
            last = row;
            row = spare;
        }
        return last[to.length()];
    }
}
