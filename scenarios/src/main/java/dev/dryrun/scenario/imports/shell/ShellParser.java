// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Word;
import dev.dryrun.scenario.imports.shell.Statement.Calculation;
import dev.dryrun.scenario.imports.shell.Statement.Chain;
import dev.dryrun.scenario.imports.shell.Statement.Function;
import dev.dryrun.scenario.imports.shell.Statement.Group;
import dev.dryrun.scenario.imports.shell.Statement.Not;
import dev.dryrun.scenario.imports.shell.Statement.Pipeline;
import dev.dryrun.scenario.imports.shell.Statement.Test;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Makes statements of a script, or of a text that a script hands to `bash -c`.
final class ShellParser {
    private static final Set<String> KEYWORDS = Set.of("then", "elif", "else", "fi", "do", "done", "esac", "}", "in");

    private final Cursor cursor;
    private final WordReader words;
    private final CommandReader commands;
    private final CompoundReader compounds;

    ShellParser(Cursor cursor) {
        this.cursor = cursor;
        words = new WordReader(cursor);
        commands = new CommandReader(cursor, words);
        compounds = new CompoundReader(this, cursor, words, commands);
    }

    /// All statements.
    ///
    /// @throws ShellSyntaxException where bash would refuse the text
    List<Statement> all() {
        List<Statement> statements = list();
        if (!cursor.atEnd()) {
            String word = keyword();
            String found = word.isEmpty() ? cursor.shown(cursor.index(), cursor.index() + 1) : word;
            throw cursor.error("\"" + found + "\"", "nothing before it begins what it ends", "");
        }
        return statements;
    }

    /// Statements up to the end, a keyword that closes something, or a closing parenthesis.
    List<Statement> list() {
        cursor.enter();
        List<Statement> statements = new ArrayList<>();
        while (true) {
            cursor.skipLines();
            char c = cursor.peek();
            if (cursor.atEnd()
                    || c == ')'
                    || cursor.looksAt(";;")
                    || cursor.looksAt(";&")
                    || KEYWORDS.contains(keyword())) {
                break;
            }
            if (c == ';' || c == '&') {
                cursor.skip(1);
                continue;
            }
            statements.add(chain());
        }
        cursor.leave();
        return statements;
    }

    private Statement chain() {
        Statement first = pipeline();
        while (true) {
            cursor.skipBlanks();
            boolean and = cursor.looksAt("&&");
            if (!and && !cursor.looksAt("||")) {
                return first;
            }
            cursor.skip(2);
            cursor.skipLines();
            first = new Chain(first.at(), first, and, pipeline());
        }
    }

    private Statement pipeline() {
        cursor.enter();
        int at = cursor.place();
        if (keyword().equals("!")) {
            take("!");
            cursor.skipBlanks();
            Statement inner = pipeline();
            cursor.leave();
            return new Not(at, inner);
        }
        List<Statement> stages = new ArrayList<>();
        stages.add(command());
        cursor.skipBlanks();
        while (cursor.peek() == '|' && cursor.peek(1) != '|') {
            cursor.skip(cursor.peek(1) == '&' ? 2 : 1);
            cursor.skipLines();
            stages.add(command());
            cursor.skipBlanks();
        }
        cursor.leave();
        return stages.size() == 1 ? stages.getFirst() : new Pipeline(at, stages);
    }

    private Statement command() {
        Statement statement = switch (keyword()) {
            case "if" -> compounds.conditional();
            case "for", "select" -> compounds.loop();
            case "while", "until" -> compounds.repeated();
            case "case" -> compounds.choice();
            case "function" -> function();
            case "{" -> braces();
            case "[[" -> test();
            default -> null;
        };
        if (statement == null && cursor.peek() == '(') {
            statement = cursor.peek(1) == '(' ? calculation() : subshell();
        }
        if (statement == null) {
            return simple();
        }
        commands.skipRedirections();
        return statement;
    }

    private Statement simple() {
        int before = cursor.index();
        Statement simple = commands.read();
        if (simple instanceof Statement.Simple named && cursor.peek() == '(') {
            String name = named.words().size() == 1 ? named.words().getFirst().bare() : "";
            if (name.isEmpty() || cursor.peek(1) != ')') {
                throw cursor.error("\"(\" in a command", "an array must follow its = without a blank", "");
            }
            cursor.skip(2);
            cursor.skipLines();
            return new Function(simple.at(), name, List.of(command()));
        }
        if (cursor.index() == before) {
            throw cursor.error("\"" + cursor.shown(before, before + 1) + "\"", "a command must stand here", "");
        }
        return simple;
    }

    private Statement function() {
        int at = cursor.place();
        take("function");
        cursor.skipBlanks();
        String name = words.word().bare();
        cursor.skipBlanks();
        if (cursor.looksAt("()")) {
            cursor.skip(2);
        }
        cursor.skipLines();
        return new Function(at, name, List.of(command()));
    }

    /// Takes a character if it is at the place.
    boolean taken(char c) {
        if (cursor.peek() != c) {
            return false;
        }
        cursor.skip(1);
        return true;
    }

    private Statement braces() {
        int at = cursor.place();
        take("{");
        List<Statement> body = list();
        expect("}", "{", at);
        return new Group(at, false, body);
    }

    private Statement subshell() {
        int at = cursor.place();
        cursor.skip(1);
        List<Statement> body = list();
        if (!taken(')')) {
            throw new ShellSyntaxException(at, "\"(\" that is never closed", ") must close it", "");
        }
        return new Group(at, true, body);
    }

    private Statement test() {
        int at = cursor.place();
        take("[[");
        return new Test(at, commands.testWords(at));
    }

    Statement calculation() {
        int begin = cursor.index();
        var dollars = new DollarReader(cursor, words);
        int end = dollars.closing(begin + 2);
        if (end < 0) {
            throw cursor.error("\"((\" that is never closed", ")) must close it", "");
        }
        Word expression = dollars.expression(begin + 2, end);
        cursor.moveTo(Math.min(end + 2, cursor.source.length()));
        return new Calculation(cursor.placeAt(begin), expression);
    }

    /// The bare word at the place, which is not taken; empty where there is none.
    String keyword() {
        int end = cursor.index();
        String text = cursor.source.raw();
        while (end < text.length() && end - cursor.index() < 9 && " \t\n;&|()<>\"'$`\\".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(cursor.index(), end);
    }

    /// Takes a word that [#keyword] saw.
    void take(String word) {
        cursor.skip(word.length());
    }

    void expect(String word, String begun, int at) {
        cursor.skipLines();
        if (!keyword().equals(word)) {
            String what = begun.equals("loop") ? "a loop" : "\"" + begun + "\"";
            throw new ShellSyntaxException(at, what + " without its \"" + word + "\"", word + " must follow", "");
        }
        take(word);
    }
}
