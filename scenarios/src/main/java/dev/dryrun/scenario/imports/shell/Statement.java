// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Word;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A statement of a script.
sealed interface Statement {
    /// Where it begins.
    int at();

    /// `NAME=value`, `NAME+=value`, `NAME=(words)`, `NAME[index]=value`.
    ///
    /// @param words of an array; null where the value is a single text
    record Assignment(
            int at,
            String name,
            String index,
            boolean append,
            Word value,
            @Nullable List<Word> words) {}

    /// A command with its assignments; one without words only assigns.
    ///
    /// @param declared assignments that are words of `export` and its like
    /// @param outputs words of `> file`
    record Simple(
            int at,
            List<Assignment> assignments,
            List<Word> words,
            List<Assignment> declared,
            List<Word> outputs,
            @Nullable HereDocument input)
            implements Statement {}

    /// `[[ words ]]`.
    record Test(int at, List<Word> words) implements Statement {}

    /// `(( expression ))`.
    record Calculation(int at, Word expression) implements Statement {}

    /// `if`: each condition with what follows `then`; the last branch has no condition where there is an `else`.
    record If(int at, List<Branch> branches) implements Statement {}

    record Branch(List<Statement> condition, List<Statement> body) {}

    /// `for NAME in words`; words are null for `for NAME` alone and for a loop that counts.
    record For(int at, String name, @Nullable List<Word> words, List<Statement> body) implements Statement {}

    /// `while` and `until`.
    record While(int at, boolean until, List<Statement> condition, List<Statement> body) implements Statement {}

    record Case(int at, Word subject, List<Arm> arms) implements Statement {}

    record Arm(List<Word> patterns, List<Statement> body) {}

    record Function(int at, String name, List<Statement> body) implements Statement {}

    /// `{ ... }`, or `( ... )` whose assignments are lost.
    record Group(int at, boolean subshell, List<Statement> body) implements Statement {}

    /// `a | b | c`.
    record Pipeline(int at, List<Statement> stages) implements Statement {}

    /// `a && b`, `a || b`.
    record Chain(int at, Statement first, boolean and, Statement second) implements Statement {}

    /// `! a`.
    record Not(int at, Statement inner) implements Statement {}
}
