// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.ShellResult.Note;
import dev.dryrun.scenario.imports.shell.Statement.Branch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Follows statements. Where a condition cannot be decided every way is followed on its own, and what the ways do not
/// agree on is unknown behind it.
final class ShellRunner {
    private static final int MOST_STATEMENTS = 200_000;
    private static final int DEEPEST_CALL = 12;

    /// How a list of statements ended.
    enum Flow {
        NEXT,
        BREAK,
        CONTINUE,
        RETURN,
        EXIT
    }

    private final ScriptText script;
    private final Expander expander;
    private final Commands commands;
    private final Loops loops;
    private final List<Note> notes = new ArrayList<>();
    private boolean certain = true;
    private Truth last = Truth.YES;
    private int statements;
    private int depth;

    ShellRunner(ScriptText script, Map<String, String> environment) {
        this.script = script;
        expander = new Expander(new ShellState(environment));
        commands = new Commands(this, expander);
        loops = new Loops(this, expander);
    }

    ShellResult result() {
        Map<String, Traced> variables = new LinkedHashMap<>();
        expander.state().variables().forEach((name, value) -> variables.put(name, value.first()));
        return new ShellResult(script, commands.calls(), commands.files(), List.copyOf(notes), variables);
    }

    /// Follows the whole script.
    void follow() {
        run(new ShellParser(new Cursor(script, Traced.script(script.text()))).all());
    }

    /// Follows a text that a command hands to a shell of its own; what cannot be parsed is noted.
    Flow follow(Traced text, int at) {
        if (depth >= DEEPEST_CALL) {
            note(at, "a shell within more than " + DEEPEST_CALL + " others is not followed");
            return Flow.NEXT;
        }
        List<Statement> inner;
        try {
            inner = new ShellParser(new Cursor(script, text)).all();
        } catch (ShellSyntaxException e) {
            note(e.at(), "the text that is handed to a shell here cannot be read: " + e.found());
            return Flow.NEXT;
        }
        depth++;
        Flow flow = run(inner);
        depth--;
        return flow;
    }

    /// Whether the last command succeeded.
    Truth last() {
        return last;
    }

    boolean isCertain() {
        return certain;
    }

    void note(int at, String text) {
        Note note = new Note(at, text);
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    Flow run(List<Statement> list) {
        for (Statement statement : list) {
            Flow flow = run(statement);
            if (flow != Flow.NEXT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow run(Statement statement) {
        if (++statements > MOST_STATEMENTS) {
            throw new ShellSyntaxException(
                    statement.at(),
                    "still running after " + MOST_STATEMENTS + " statements",
                    "a script that is followed must end sooner",
                    "");
        }
        return switch (statement) {
            case Statement.Simple simple -> simple(simple);
            case Statement.Test test -> decided(commands.test(test.words()));
            case Statement.Calculation calculation -> decided(commands.calculation(calculation));
            case Statement.If conditional -> conditional(conditional.branches(), 0, conditional.at());
            case Statement.For loop -> loops.follow(loop);
            case Statement.While loop -> loops.follow(loop);
            case Statement.Case choice -> choice(choice);
            case Statement.Function function -> {
                expander.state().define(function);
                yield decided(Truth.YES);
            }
            case Statement.Group group -> group.subshell() ? apart(group.body()) : run(group.body());
            case Statement.Pipeline pipeline -> {
                Flow flow = apart(pipeline.stages());
                last = Truth.LIKELY;
                yield flow;
            }
            case Statement.Chain chain -> chain(chain);
            case Statement.Not not -> {
                Flow flow = run(not.inner());
                last = last.not();
                yield flow;
            }
        };
    }

    Flow decided(Truth truth) {
        last = truth;
        return Flow.NEXT;
    }

    private Flow simple(Statement.Simple simple) {
        Commands.Outcome outcome = commands.run(simple);
        last = outcome.truth();
        return outcome.flow();
    }

    /// A function's body in place of its call.
    Flow call(Statement.Function function, List<Traced> arguments, int at) {
        if (depth >= DEEPEST_CALL) {
            note(at, "a function within more than " + DEEPEST_CALL + " others is not followed");
            return Flow.NEXT;
        }
        depth++;
        Map<String, Value> before = expander.state().arguments();
        expander.state().setArguments(arguments);
        Flow flow = run(function.body());
        expander.state().restoreArguments(before);
        depth--;
        return flow == Flow.RETURN ? Flow.NEXT : flow;
    }

    /// Follows statements whose assignments are lost.
    Flow apart(List<Statement> body) {
        ShellState before = expander.state();
        expander.use(copy(before));
        run(body);
        expander.use(before);
        return Flow.NEXT;
    }

    /// Follows a text whose assignments are lost.
    void apart(Traced text, int at) {
        ShellState before = expander.state();
        expander.use(copy(before));
        follow(text, at);
        expander.use(before);
    }

    private ShellState copy(ShellState state) {
        expander.spend(state.variables().size(), 0);
        return state.copy();
    }

    private Flow conditional(List<Branch> branches, int from, int at) {
        if (from == branches.size()) {
            return decided(Truth.YES);
        }
        Branch branch = branches.get(from);
        if (branch.condition().isEmpty()) {
            return run(branch.body());
        }
        Flow flow = run(branch.condition());
        if (flow != Flow.NEXT) {
            return flow;
        }
        return switch (last) {
            case YES -> run(branch.body());
            case NO -> conditional(branches, from + 1, at);
            case LIKELY, OPEN -> forked(at, () -> run(branch.body()), () -> conditional(branches, from + 1, at));
        };
    }

    /// One way over a fork.
    interface Way {
        Flow follow();
    }

    /// Follows each of several ways from here, of which nobody knows which is taken.
    Flow forked(int at, Way... ways) {
        boolean before = certain;
        ShellState start = expander.state();
        List<ShellState> ends = new ArrayList<>();
        certain = false;
        for (Way way : ways) {
            expander.use(copy(start));
            if (way.follow() == Flow.NEXT) {
                ends.add(expander.state());
            }
        }
        certain = before;
        expander.use(ends.isEmpty() ? start : ShellState.joined(ends, at, script.line(at)));
        last = Truth.OPEN;
        return Flow.NEXT;
    }

    private Flow chain(Statement.Chain chain) {
        Flow flow = run(chain.first());
        if (flow != Flow.NEXT) {
            return flow;
        }
        Truth wanted = chain.and() ? Truth.YES : Truth.NO;
        Truth first = last == Truth.LIKELY ? Truth.YES : last;
        if (first == Truth.OPEN) {
            return forked(chain.at(), () -> run(chain.second()), () -> Flow.NEXT);
        }
        return first == wanted ? run(chain.second()) : Flow.NEXT;
    }

    private Flow choice(Statement.Case choice) {
        Traced subject = expander.text(choice.subject());
        List<Way> ways = new ArrayList<>();
        for (Statement.Arm arm : choice.arms()) {
            Truth truth = Truth.NO;
            for (Part.Word pattern : arm.patterns()) {
                truth = truth.or(matches(subject, expander.text(pattern)));
            }
            if (truth == Truth.YES && ways.isEmpty()) {
                return run(arm.body());
            }
            if (truth != Truth.NO) {
                ways.add(() -> run(arm.body()));
            }
            if (truth == Truth.YES) {
                break;
            }
        }
        if (ways.isEmpty()) {
            return decided(Truth.YES);
        }
        ways.add(() -> Flow.NEXT);
        return forked(choice.at(), ways.toArray(Way[]::new));
    }

    private static Truth matches(Traced subject, Traced pattern) {
        if (pattern.raw().equals("*")) {
            return Truth.YES;
        }
        boolean known = subject.isKnown() && pattern.isKnown();
        return known && Glob.isShort(pattern.raw(), subject.raw())
                ? Truth.of(Glob.matches(pattern.raw(), subject.raw()))
                : Truth.OPEN;
    }
}
