// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

/// Patterns of file names: `*` for any text, `?` for any character, `[0-9a]` for one of several.
final class Glob {
    private static final int LONGEST_PATTERN = 256;
    private static final int LONGEST_TEXT = 1024;

    private Glob() {}

    /// Whether pattern and text are of the size that people write, so that trying all places takes no time.
    static boolean isShort(String pattern, String text) {
        return pattern.length() <= LONGEST_PATTERN && text.length() <= LONGEST_TEXT;
    }

    static boolean isPattern(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0 || text.indexOf('[') >= 0;
    }

    /// Whether a pattern matches all of a text. Time is at most the product of their lengths.
    static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            char c = p < pattern.length() ? pattern.charAt(p) : '\0';
            int step = c == '*' ? 0 : step(pattern, p, text.charAt(t));
            if (c == '*') {
                star = p++;
                mark = t;
            } else if (step > 0) {
                p += step;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /// How much of the pattern a character takes that it matches; 0 where it does not match.
    private static int step(String pattern, int at, char c) {
        if (at >= pattern.length()) {
            return 0;
        }
        char wanted = pattern.charAt(at);
        int close = wanted == '[' ? pattern.indexOf(']', at + 2) : -1;
        if (close < 0) {
            return wanted == '?' || wanted == c ? 1 : 0;
        }
        boolean not = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
        boolean found = false;
        for (int i = at + (not ? 2 : 1); i < close; i++) {
            boolean range = i + 2 < close && pattern.charAt(i + 1) == '-';
            char last = pattern.charAt(range ? i + 2 : i);
            found |= pattern.charAt(i) <= c && c <= last;
            i += range ? 2 : 0;
        }
        return found != not ? close + 1 - at : 0;
    }

    /// Length of the shortest or longest beginning that matches; 0 where none does.
    static int prefix(String pattern, String text, boolean longest) {
        int found = -1;
        for (int end = 0; end <= text.length() && (longest || found < 0); end++) {
            found = matches(pattern, text.substring(0, end)) ? end : found;
        }
        return Math.max(0, found);
    }

    /// Where the shortest or longest ending that matches begins; the length of the text where none does.
    static int suffix(String pattern, String text, boolean longest) {
        int found = -1;
        for (int begin = text.length(); begin >= 0 && (longest || found < 0); begin--) {
            found = matches(pattern, text.substring(begin)) ? begin : found;
        }
        return found < 0 ? text.length() : found;
    }
}
