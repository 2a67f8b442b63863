// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Literal;
import dev.dryrun.scenario.imports.shell.Part.Output;
import dev.dryrun.scenario.imports.shell.Part.Word;
import java.util.ArrayList;
import java.util.List;

/// Reads words: quotes, escapes, and what a dollar sign begins.
final class WordReader {
    private static final String META = " \t\n;&|()<>";

    /// Where text ends, and what quotes and backslashes mean in it.
    enum Context {
        /// A word of a command: up to a blank or an operator.
        BARE,
        /// A word of `[[ ... =~ word ]]`: up to a blank.
        PATTERN,
        /// Up to the closing double quote.
        QUOTED,
        /// In `${NAME:-text}`, up to the closing brace.
        BRACED,
        /// The same in double quotes, where a single quote means itself.
        BRACED_IN_QUOTES,
        /// To the end of the source, as in a here-document.
        WHOLE
    }

    private final Cursor cursor;
    private final DollarReader dollars;

    WordReader(Cursor cursor) {
        this.cursor = cursor;
        dollars = new DollarReader(cursor, this);
    }

    /// The word at the place; without parts where there is none.
    Word word() {
        return read(cursor.place(), Context.BARE);
    }

    Word pattern() {
        return read(cursor.place(), Context.PATTERN);
    }

    /// All that is left, as text in which variables are filled in.
    Word text(int at) {
        return read(at, Context.WHOLE);
    }

    Word read(int at, Context context) {
        cursor.enter();
        List<Part> parts = new ArrayList<>();
        var literal = new Traced.Builder();
        boolean quoted = context == Context.QUOTED || context == Context.WHOLE || context == Context.BRACED_IN_QUOTES;
        while (!ends(context)) {
            char c = cursor.peek();
            if (c == '\\') {
                escape(context, parts, literal);
            } else if (c == '\'' && !quoted) {
                flush(literal, false, parts);
                parts.add(new Literal(single(), true));
            } else if (c == '"' && context != Context.WHOLE) {
                flush(literal, quoted, parts);
                parts.addAll(doubled());
            } else if (c == '`') {
                flush(literal, quoted, parts);
                parts.add(backquoted(quoted));
            } else if (c == '$' && startsParameter(quoted)) {
                flush(literal, quoted, parts);
                if (!quoted && cursor.peek(1) == '\'') {
                    parts.add(new Literal(escaped(), true));
                } else if (!quoted && cursor.peek(1) == '"') {
                    cursor.skip(1);
                } else {
                    parts.add(dollars.read(quoted));
                }
            } else {
                literal.append(cursor.source, cursor.index(), cursor.index() + 1);
                cursor.skip(1);
            }
        }
        flush(literal, quoted, parts);
        cursor.leave();
        return new Word(at, parts);
    }

    private boolean ends(Context context) {
        if (cursor.atEnd()) {
            return true;
        }
        char c = cursor.peek();
        return switch (context) {
            case BARE -> META.indexOf(c) >= 0;
            case PATTERN -> c == ' ' || c == '\t' || c == '\n';
            case QUOTED -> c == '"';
            case BRACED, BRACED_IN_QUOTES -> c == '}';
            case WHOLE -> false;
        };
    }

    private boolean startsParameter(boolean quoted) {
        char next = cursor.peek(1);
        return DollarReader.startsName(next)
                || (next >= '0' && next <= '9')
                || (next != '\0' && (quoted ? "{([@*#?$!-" : "{([@*#?$!-'\"").indexOf(next) >= 0);
    }

    private static void flush(Traced.Builder literal, boolean quoted, List<Part> parts) {
        if (literal.length() > 0) {
            parts.add(new Literal(literal.build(), quoted));
            literal.clear();
        }
    }

    private void escape(Context context, List<Part> parts, Traced.Builder literal) {
        char next = cursor.peek(1);
        boolean quoted = context == Context.QUOTED || context == Context.WHOLE;
        if (next == '\n') {
            cursor.skip(2);
        } else if (next == '\0' || (quoted && "$`\"\\".indexOf(next) < 0)) {
            literal.append(cursor.source, cursor.index(), cursor.index() + 1);
            cursor.skip(1);
        } else {
            flush(literal, quoted, parts);
            parts.add(new Literal(cursor.source.substring(cursor.index() + 1, cursor.index() + 2), true));
            cursor.skip(2);
        }
    }

    private Traced single() {
        int begin = cursor.index() + 1;
        int end = cursor.source.raw().indexOf('\'', begin);
        if (end < 0) {
            throw cursor.error("a quote that is never closed", "every ' needs its partner", "");
        }
        cursor.moveTo(end + 1);
        return cursor.source.substring(begin, end);
    }

    /// `$'text'`, in which a backslash stands before tabs, ends of lines and quotes.
    private Traced escaped() {
        cursor.skip(2);
        var text = new Traced.Builder();
        while (!cursor.atEnd() && cursor.peek() != '\'') {
            boolean escape = cursor.peek() == '\\' && cursor.index() + 1 < cursor.source.length();
            char c = cursor.peek(escape ? 1 : 0);
            char meant = !escape ? c : c == 'n' ? '\n' : c == 't' ? '\t' : c;
            text.append(meant, cursor.place());
            cursor.skip(escape ? 2 : 1);
        }
        if (cursor.atEnd()) {
            throw cursor.error("a quote that is never closed", "every ' needs its partner", "");
        }
        cursor.skip(1);
        return text.build();
    }

    private List<Part> doubled() {
        int begin = cursor.index();
        cursor.skip(1);
        Word inner = read(cursor.placeAt(begin), Context.QUOTED);
        if (cursor.atEnd()) {
            cursor.moveTo(begin);
            throw cursor.error("a quote that is never closed", "every \" needs its partner", "");
        }
        cursor.skip(1);
        return inner.parts().isEmpty() ? List.of(new Literal(Traced.EMPTY, true)) : inner.parts();
    }

    private Part backquoted(boolean quoted) {
        int begin = cursor.index();
        int end = begin + 1;
        while (end < cursor.source.length() && cursor.source.charAt(end) != '`') {
            end += cursor.source.charAt(end) == '\\' ? 2 : 1;
        }
        if (end >= cursor.source.length()) {
            throw cursor.error("a quote that is never closed", "every ` needs its partner", "");
        }
        cursor.moveTo(end + 1);
        return new Output(cursor.placeAt(begin), cursor.shown(begin, end + 1), quoted);
    }
}
