// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Arithmetic;
import dev.dryrun.scenario.imports.shell.Part.Output;
import dev.dryrun.scenario.imports.shell.Part.Parameter;
import dev.dryrun.scenario.imports.shell.Part.Word;
import dev.dryrun.scenario.imports.shell.WordReader.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads what a dollar sign begins.
final class DollarReader {
    /// Longest first, so that each is found whole.
    private static final List<String> OPERATORS = List.of(
            ":-", ":=", ":+", ":?", "##", "%%", "//", "/#", "/%", "^^", ",,", "-", "=", "+", "?", "#", "%", "/", "^",
            ",", ":", "@");

    private final Cursor cursor;
    private final WordReader words;

    DollarReader(Cursor cursor, WordReader words) {
        this.cursor = cursor;
        this.words = words;
    }

    static boolean startsName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    static boolean continuesName(char c) {
        return startsName(c) || (c >= '0' && c <= '9');
    }

    /// The part at the place, which is a dollar sign that begins one.
    Part read(boolean quoted) {
        int begin = cursor.index();
        if (cursor.looksAt("$((")) {
            Part arithmetic = arithmetic(begin, quoted);
            if (arithmetic != null) {
                return arithmetic;
            }
        }
        return switch (cursor.peek(1)) {
            case '(' -> output(begin, quoted);
            case '[' -> bracketed(begin, quoted);
            case '{' -> braced(begin, quoted);
            default -> plain(begin, quoted);
        };
    }

    private Part plain(int begin, boolean quoted) {
        int end = begin + 2;
        if (startsName(cursor.peek(1))) {
            while (continuesName(cursor.peek(end - begin))) {
                end++;
            }
        }
        cursor.moveTo(end);
        String name = cursor.source.raw().substring(begin + 1, end);
        return parameter(begin, "", name, "", "", null, quoted);
    }

    private Part parameter(
            int begin,
            String prefix,
            String name,
            String index,
            String operator,
            @Nullable Word operand,
            boolean quoted) {
        String source = cursor.shown(begin, cursor.index());
        return new Parameter(cursor.placeAt(begin), source, prefix, name, index, operator, operand, quoted);
    }

    private Part braced(int begin, boolean quoted) {
        cursor.skip(2);
        String prefix = "";
        if ((cursor.peek() == '#' || cursor.peek() == '!') && cursor.peek(1) != '}') {
            prefix = String.valueOf(cursor.peek());
            cursor.skip(1);
        }
        int nameAt = cursor.index();
        if (startsName(cursor.peek())) {
            while (continuesName(cursor.peek())) {
                cursor.skip(1);
            }
        } else if (Character.isDigit(cursor.peek())) {
            while (Character.isDigit(cursor.peek())) {
                cursor.skip(1);
            }
        } else {
            cursor.skip(1);
        }
        String name = cursor.source.raw().substring(nameAt, Math.min(cursor.index(), cursor.source.length()));
        String index = "";
        if (cursor.peek() == '[') {
            int close = cursor.source.raw().indexOf(']', cursor.index());
            if (close < 0) {
                throw unclosed(begin, "}");
            }
            index = cursor.source.raw().substring(cursor.index() + 1, close);
            cursor.moveTo(close + 1);
        }
        String operator = operator();
        Word operand = operator.isEmpty()
                ? null
                : words.read(cursor.place(), quoted ? Context.BRACED_IN_QUOTES : Context.BRACED);
        if (cursor.peek() != '}') {
            throw unclosed(begin, "}");
        }
        cursor.skip(1);
        return parameter(begin, prefix, name, index, operator, operand, quoted);
    }

    private String operator() {
        for (String operator : OPERATORS) {
            if (cursor.looksAt(operator)) {
                cursor.skip(operator.length());
                return operator;
            }
        }
        return "";
    }

    /// `$((expression))`; null where it turns out to be a command in parentheses.
    private @Nullable Part arithmetic(int begin, boolean quoted) {
        int end = closing(begin + 3);
        if (end < 0) {
            throw unclosed(begin, "))");
        }
        if (end + 1 >= cursor.source.length() || cursor.source.charAt(end + 1) != ')') {
            return null;
        }
        return calculation(begin, begin + 3, end, end + 2, quoted);
    }

    private Part bracketed(int begin, boolean quoted) {
        int end = cursor.source.raw().indexOf(']', begin);
        if (end < 0) {
            throw unclosed(begin, "]");
        }
        return calculation(begin, begin + 2, end, end + 1, quoted);
    }

    private Part calculation(int begin, int from, int to, int behind, boolean quoted) {
        cursor.moveTo(behind);
        return new Arithmetic(cursor.placeAt(begin), cursor.shown(begin, behind), expression(from, to), quoted);
    }

    /// The text of an expression with what has to be filled in.
    Word expression(int from, int to) {
        Cursor inner = cursor.inner(cursor.source.substring(from, to));
        return new WordReader(inner).text(cursor.placeAt(from));
    }

    private Part output(int begin, boolean quoted) {
        int end = closing(begin + 2);
        if (end < 0) {
            throw unclosed(begin, ")");
        }
        cursor.moveTo(end + 1);
        return new Output(cursor.placeAt(begin), cursor.shown(begin, end + 1), quoted);
    }

    /// Index of the parenthesis that closes one opened before `from`; -1 where there is none.
    int closing(int from) {
        String text = cursor.source.raw();
        int open = 1;
        for (int i = from; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\\' -> i++;
                case '\'' -> {
                    int partner = text.indexOf('\'', i + 1);
                    i = partner < 0 ? i : partner;
                }
                case '(' -> open++;
                case ')' -> {
                    if (--open == 0) {
                        return i;
                    }
                }
                default -> {}
            }
        }
        return -1;
    }

    private ShellSyntaxException unclosed(int begin, String close) {
        cursor.moveTo(begin);
        String shown = cursor.shown(begin, Math.min(begin + 12, cursor.source.length()));
        return cursor.error("\"" + shown + "\" that is never closed", close + " must close it", "");
    }
}
