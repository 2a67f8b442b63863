// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.megatron;

import org.jspecify.annotations.Nullable;

/// A list of zeros and ones in the notation of Python: `([0]*3+[1]*58)`.
final class LayerPattern {
    private static final int LONGEST = 10_000;

    private final String text;
    private int at;
    private boolean wrong;

    private LayerPattern(String text) {
        this.text = text;
    }

    /// The list as digits, `000111`; null where it is none, or too long.
    static @Nullable String parse(String text) {
        if (text.length() > 1000) {
            return null;
        }
        var pattern = new LayerPattern(text.replace(" ", ""));
        String digits = pattern.sum(0);
        return pattern.wrong || pattern.at < pattern.text.length() ? null : digits;
    }

    private boolean taken(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private String sum(int depth) {
        String digits = product(depth);
        while (taken('+')) {
            digits += product(depth);
            wrong |= digits.length() > LONGEST;
        }
        return wrong ? "" : digits;
    }

    private String product(int depth) {
        String digits = list(depth);
        while (!wrong && taken('*')) {
            int begin = at;
            while (at < text.length() && Character.isDigit(text.charAt(at))) {
                at++;
            }
            String times = text.substring(begin, at);
            if (times.isEmpty() || times.length() > 5 || digits.length() * Long.parseLong(times) > LONGEST) {
                wrong = true;
                return "";
            }
            digits = digits.repeat(Integer.parseInt(times));
        }
        return digits;
    }

    private String list(int depth) {
        if (depth < 20 && taken('(')) {
            String digits = sum(depth + 1);
            wrong |= !taken(')');
            return digits;
        }
        wrong |= !taken('[');
        var digits = new StringBuilder();
        while (!wrong && !taken(']')) {
            char c = at < text.length() ? text.charAt(at++) : '\0';
            if (c == '0' || c == '1') {
                digits.append(c);
            } else {
                wrong |= c != ',';
            }
        }
        return digits.toString();
    }
}
