// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Word;
import dev.dryrun.scenario.imports.shell.Statement.Arm;
import dev.dryrun.scenario.imports.shell.Statement.Branch;
import dev.dryrun.scenario.imports.shell.Statement.Case;
import dev.dryrun.scenario.imports.shell.Statement.For;
import dev.dryrun.scenario.imports.shell.Statement.If;
import dev.dryrun.scenario.imports.shell.Statement.While;
import java.util.ArrayList;
import java.util.List;

/// Reads `if`, `for`, `while` and `case`.
final class CompoundReader {
    private final ShellParser parser;
    private final Cursor cursor;
    private final WordReader words;
    private final CommandReader commands;

    CompoundReader(ShellParser parser, Cursor cursor, WordReader words, CommandReader commands) {
        this.parser = parser;
        this.cursor = cursor;
        this.words = words;
        this.commands = commands;
    }

    Statement conditional() {
        int at = cursor.place();
        List<Branch> branches = new ArrayList<>();
        parser.take("if");
        List<Statement> condition = parser.list();
        parser.expect("then", "if", at);
        branches.add(new Branch(condition, parser.list()));
        while (parser.keyword().equals("elif")) {
            parser.take("elif");
            condition = parser.list();
            parser.expect("then", "elif", at);
            branches.add(new Branch(condition, parser.list()));
        }
        if (parser.keyword().equals("else")) {
            parser.take("else");
            branches.add(new Branch(List.of(), parser.list()));
        }
        parser.expect("fi", "if", at);
        return new If(at, branches);
    }

    Statement loop() {
        int at = cursor.place();
        parser.take(parser.keyword());
        cursor.skipBlanks();
        if (cursor.looksAt("((")) {
            parser.calculation();
            return new For(at, "", null, body(at));
        }
        String name = words.word().bare();
        cursor.skipLines();
        List<Word> items = null;
        if (parser.keyword().equals("in")) {
            parser.take("in");
            items = commands.items();
        }
        return new For(at, name, items, body(at));
    }

    Statement repeated() {
        int at = cursor.place();
        boolean until = parser.keyword().equals("until");
        parser.take(parser.keyword());
        List<Statement> condition = parser.list();
        return new While(at, until, condition, body(at));
    }

    private List<Statement> body(int at) {
        while (cursor.peek() == ';') {
            cursor.skip(1);
        }
        cursor.skipLines();
        parser.expect("do", "loop", at);
        List<Statement> body = parser.list();
        parser.expect("done", "loop", at);
        return body;
    }

    Statement choice() {
        int at = cursor.place();
        parser.take("case");
        cursor.skipBlanks();
        Word subject = words.word();
        cursor.skipLines();
        parser.expect("in", "case", at);
        List<Arm> arms = new ArrayList<>();
        cursor.skipLines();
        while (!cursor.atEnd() && !parser.keyword().equals("esac")) {
            arms.add(arm(at));
            cursor.skipLines();
        }
        parser.expect("esac", "case", at);
        return new Case(at, subject, arms);
    }

    private Arm arm(int at) {
        if (cursor.peek() == '(') {
            cursor.skip(1);
        }
        List<Word> patterns = new ArrayList<>();
        do {
            cursor.skipBlanks();
            patterns.add(words.word());
            cursor.skipBlanks();
        } while (parser.taken('|'));
        if (!parser.taken(')')) {
            throw new ShellSyntaxException(at, "a case whose pattern has no )", "each pattern must end in )", "");
        }
        List<Statement> body = parser.list();
        while (cursor.peek() == ';' || cursor.peek() == '&') {
            cursor.skip(1);
        }
        return new Arm(patterns, body);
    }
}
