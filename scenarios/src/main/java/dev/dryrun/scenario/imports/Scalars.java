// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Texts and numbers as YAML writes them; texts bare where they cannot be taken for anything else, else in double
/// quotes.
final class Scalars {
    /// Begins with a letter, and holds nothing that begins a comment, a mapping or a list.
    private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_./+-]*");
    /// What readers of YAML 1.1 or 1.2 take for a flag or for nothing.
    private static final Set<String> WORDS =
            Set.of("true", "false", "yes", "no", "on", "off", "y", "n", "null", "nan", "inf");

    private static final double LARGEST_WRITTEN_OUT = 1e6;

    private Scalars() {}

    static String text(String text) {
        boolean bare = BARE.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT));
        return bare ? text : quoted(text);
    }

    /// A number as people write it: 300e9, 0.5, 2048.
    static String number(double value) {
        if (!Double.isFinite(value) || value != Math.rint(value) || Math.abs(value) >= 1e300) {
            return Double.toString(value);
        }
        String digits = new BigDecimal(value).toBigInteger().toString();
        if (Math.abs(value) < LARGEST_WRITTEN_OUT) {
            return digits;
        }
        int exponent = 0;
        while (digits.endsWith("000")) {
            digits = digits.substring(0, digits.length() - 3);
            exponent += 3;
        }
        return exponent == 0 ? digits : digits + "e" + exponent;
    }

    private static String quoted(String text) {
        var out = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                default -> {
                    if (isPrintable(c)) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(String.format(Locale.ROOT, c > 0xffff ? "\\U%08x" : "\\u%04x", c));
                    }
                }
            }
        });
        return out.append('"').toString();
    }

    /// Whether YAML takes the character as it is.
    static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
