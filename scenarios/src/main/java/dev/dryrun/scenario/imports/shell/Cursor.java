// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import java.util.ArrayList;
import java.util.List;

/// A place in a script while it is parsed.
final class Cursor {
    private static final int DEEPEST = 60;

    final ScriptText script;
    final Traced source;
    private final List<HereDocument> awaited = new ArrayList<>();
    private int at;
    private int depth;

    Cursor(ScriptText script, Traced source) {
        this.script = script;
        this.source = source;
    }

    /// At the beginning of a part of this one's source, as deeply nested as this one.
    Cursor inner(Traced part) {
        var inner = new Cursor(script, part);
        inner.depth = depth;
        return inner;
    }

    int index() {
        return at;
    }

    void moveTo(int index) {
        at = index;
    }

    boolean atEnd() {
        return at >= source.length();
    }

    /// The character `ahead` of the place; 0 beyond the end, which no script holds. A hole is a letter.
    char peek(int ahead) {
        int index = at + ahead;
        return index < source.length() ? source.charAt(index) : '\0';
    }

    char peek() {
        return peek(0);
    }

    boolean looksAt(String text) {
        return source.raw().startsWith(text, at);
    }

    /// Where in the script the place is.
    int place() {
        return placeAt(at);
    }

    int placeAt(int index) {
        if (index < source.length()) {
            return source.place(index);
        }
        return source.isEmpty() ? 0 : source.place(source.length() - 1);
    }

    /// What is written between two places of the source.
    String shown(int from, int to) {
        String part = source.substring(from, Math.min(Math.min(to, from + 61), source.length()))
                .toString()
                .replaceAll("\\s+", " ")
                .strip();
        return part.length() <= 60 ? part : part.substring(0, 57) + "...";
    }

    void skip(int characters) {
        at += characters;
    }

    /// Goes to the next word of the same command: over blanks, continued lines and a comment.
    void skipBlanks() {
        while (true) {
            char c = peek();
            if (c == ' ' || c == '\t') {
                at++;
            } else if (c == '\\' && peek(1) == '\n') {
                at += 2;
            } else if (c == '#') {
                skipComment();
            } else {
                return;
            }
        }
    }

    private void skipComment() {
        while (!atEnd() && peek() != '\n') {
            at++;
        }
    }

    /// Goes to the next command or word: over blanks, comments and ends of lines.
    void skipLines() {
        skipBlanks();
        while (peek() == '\n') {
            endLine();
            skipBlanks();
        }
    }

    /// Takes the end of a line, and the bodies of the here-documents that were begun on it.
    void endLine() {
        at++;
        for (HereDocument document : awaited) {
            document.readBody(this);
        }
        awaited.clear();
    }

    void await(HereDocument document) {
        awaited.add(document);
    }

    /// The rest of the line, with the place behind its end.
    Traced line() {
        int begin = at;
        skipComment();
        Traced line = source.substring(begin, at);
        if (!atEnd()) {
            at++;
        }
        return line;
    }

    void enter() {
        if (++depth > DEEPEST) {
            throw error("nested more than " + DEEPEST + " levels deep", "must be flatter", "");
        }
    }

    void leave() {
        depth--;
    }

    ShellSyntaxException error(String found, String expected, String remedy) {
        return new ShellSyntaxException(place(), found, expected, remedy);
    }
}
