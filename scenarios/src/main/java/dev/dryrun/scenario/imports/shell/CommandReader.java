// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Output;
import dev.dryrun.scenario.imports.shell.Part.Word;
import dev.dryrun.scenario.imports.shell.Statement.Assignment;
import dev.dryrun.scenario.imports.shell.Statement.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads simple commands: assignments, words, redirections.
final class CommandReader {
    private static final Set<String> DECLARE = Set.of("export", "declare", "typeset", "local", "readonly");

    private final Cursor cursor;
    private final WordReader words;
    private final List<Word> outputs = new ArrayList<>();
    private @Nullable HereDocument input;

    CommandReader(Cursor cursor, WordReader words) {
        this.cursor = cursor;
        this.words = words;
    }

    Simple read() {
        int at = cursor.place();
        List<Assignment> assignments = new ArrayList<>();
        List<Assignment> declared = new ArrayList<>();
        List<Word> read = new ArrayList<>();
        outputs.clear();
        input = null;
        while (goesOn()) {
            boolean declares =
                    !read.isEmpty() && DECLARE.contains(read.getFirst().bare());
            Assignment assignment = read.isEmpty() || declares ? assignment() : null;
            if (assignment != null) {
                (declares ? declared : assignments).add(assignment);
            } else {
                read.add(wordOrProcess());
            }
        }
        return new Simple(at, assignments, read, declared, List.copyOf(outputs), input);
    }

    /// Words up to the end of the command, as the items of a loop.
    List<Word> items() {
        List<Word> items = new ArrayList<>();
        while (goesOn()) {
            items.add(wordOrProcess());
        }
        return items;
    }

    void skipRedirections() {
        while (true) {
            cursor.skipBlanks();
            if (!redirection()) {
                return;
            }
        }
    }

    /// Takes redirections and tells whether a word follows.
    private boolean goesOn() {
        skipRedirections();
        char c = cursor.peek();
        boolean process = (c == '<' || c == '>') && cursor.peek(1) == '(';
        return !cursor.atEnd() && (process || "\n;&|()".indexOf(c) < 0);
    }

    private Word wordOrProcess() {
        int begin = cursor.index();
        if (cursor.peek() != '<' && cursor.peek() != '>') {
            return words.word();
        }
        int end = new DollarReader(cursor, words).closing(begin + 2);
        if (end < 0) {
            throw cursor.error(
                    "\"" + cursor.shown(begin, begin + 2) + "\" that is never closed", ") must close it", "");
        }
        cursor.moveTo(end + 1);
        int at = cursor.placeAt(begin);
        return new Word(at, List.of(new Output(at, cursor.shown(begin, end + 1), true)));
    }

    private boolean redirection() {
        int begin = cursor.index();
        int digits = 0;
        while (Character.isDigit(cursor.peek(digits))) {
            digits++;
        }
        boolean both = digits == 0 && cursor.peek() == '&' && cursor.peek(1) == '>';
        int skipped = both ? 1 : digits;
        char c = cursor.peek(skipped);
        if ((c != '<' && c != '>') || cursor.peek(skipped + 1) == '(') {
            return false;
        }
        cursor.skip(skipped);
        if (cursor.looksAt("<<") && !cursor.looksAt("<<<")) {
            hereDocument(begin);
            return true;
        }
        while ("<>&|".indexOf(cursor.peek()) >= 0) {
            cursor.skip(1);
        }
        cursor.skipBlanks();
        Word target = words.word();
        if (c == '>') {
            outputs.add(target);
        }
        return true;
    }

    private void hereDocument(int begin) {
        cursor.skip(2);
        boolean indented = cursor.peek() == '-';
        cursor.skip(indented ? 1 : 0);
        cursor.skipBlanks();
        Word end = words.word();
        boolean literal = end.parts().stream().anyMatch(Part::quoted);
        var text = new StringBuilder();
        end.parts()
                .forEach(part -> text.append(
                        part instanceof Part.Literal written ? written.text().raw() : ""));
        if (text.isEmpty()) {
            throw cursor.error("\"<<\" without a word", "a word that ends the text must follow", "");
        }
        var document = new HereDocument(cursor.placeAt(begin), text.toString(), literal, indented);
        cursor.await(document);
        input = document;
    }

    /// `NAME=`, `NAME+=` or `NAME[index]=` with what follows; null, and nothing taken, where none is there.
    private @Nullable Assignment assignment() {
        int ahead = 0;
        if (!DollarReader.startsName(cursor.peek())) {
            return null;
        }
        while (DollarReader.continuesName(cursor.peek(ahead))) {
            ahead++;
        }
        int nameEnd = ahead;
        if (cursor.peek(ahead) == '[') {
            while (cursor.peek(ahead) != ']' && cursor.peek(ahead) != '\n' && cursor.peek(ahead) != '\0') {
                ahead++;
            }
            ahead++;
        }
        int indexEnd = ahead;
        boolean append = cursor.peek(ahead) == '+';
        ahead += append ? 1 : 0;
        if (cursor.peek(ahead) != '=') {
            return null;
        }
        int begin = cursor.index();
        String text = cursor.source.raw();
        String name = text.substring(begin, begin + nameEnd);
        String index = indexEnd > nameEnd ? text.substring(begin + nameEnd + 1, begin + indexEnd - 1) : "";
        cursor.skip(ahead + 1);
        int at = cursor.placeAt(begin);
        if (cursor.peek() == '(') {
            List<Word> array = array(begin);
            return new Assignment(at, name, index, append, new Word(at, List.of()), array);
        }
        return new Assignment(at, name, index, append, words.word(), null);
    }

    private List<Word> array(int begin) {
        cursor.skip(1);
        List<Word> items = new ArrayList<>();
        while (true) {
            cursor.skipLines();
            if (cursor.atEnd()) {
                throw new ShellSyntaxException(
                        cursor.placeAt(begin),
                        "\"" + cursor.shown(begin, begin + 24) + "\", an array that is never closed",
                        ") must close it",
                        "");
            }
            if (cursor.peek() == ')') {
                cursor.skip(1);
                return items;
            }
            int before = cursor.index();
            Word item = words.word();
            if (cursor.index() == before) {
                throw cursor.error(
                        "\"" + cursor.shown(before, before + 1) + "\" in an array",
                        "an array holds words, and ) ends it",
                        "");
            }
            items.add(item);
        }
    }

    /// Words of `[[ ... ]]`, whose operators are words as well.
    List<Word> testWords(int at) {
        List<Word> read = new ArrayList<>();
        while (true) {
            cursor.skipLines();
            if (cursor.atEnd()) {
                throw new ShellSyntaxException(at, "\"[[\" that is never closed", "]] must close it", "");
            }
            int before = cursor.index();
            String last = read.isEmpty() ? "" : read.getLast().bare();
            Word word = last.equals("=~") ? words.pattern() : words.word();
            if (word.bare().equals("]]")) {
                return read;
            }
            if (cursor.index() == before) {
                int length = cursor.looksAt("&&") || cursor.looksAt("||") ? 2 : 1;
                int place = cursor.place();
                Traced operator = cursor.source.substring(before, before + length);
                word = new Word(place, List.of(new Part.Literal(operator, false)));
                cursor.skip(length);
            }
            read.add(word);
        }
    }
}
