// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.ShellResult.Note;
import dev.dryrun.scenario.imports.shell.Statement.Assignment;
import dev.dryrun.scenario.imports.shell.Statement.Branch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Follows statements. Where a condition cannot be decided every way is followed on its own, and what the ways do not
/// agree on is unknown behind it.
final class ShellRunner {
    private static final int MOST_STATEMENTS = 200_000;
    private static final int MOST_TURNS = 64;
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
    private final List<Note> notes = new ArrayList<>();
    private boolean certain = true;
    private Truth last = Truth.YES;
    private int statements;
    private int depth;

    ShellRunner(ScriptText script, Map<String, String> environment) {
        this.script = script;
        expander = new Expander(new ShellState(environment));
        commands = new Commands(this, expander);
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
            case Statement.For loop -> loop(loop);
            case Statement.While loop -> repeated(loop);
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

    private Flow decided(Truth truth) {
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
    private interface Way {
        Flow follow();
    }

    private Flow forked(int at, Way... ways) {
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

    private Flow loop(Statement.For loop) {
        List<Traced> items = loop.words() == null ? List.of() : expander.fields(loop.words());
        boolean counts = loop.words() == null && loop.name().isEmpty();
        boolean known = !counts && items.stream().allMatch(Traced::isKnown);
        if (!known) {
            Hole hole = new Hole(loop.at(), "$" + loop.name(), "differs from turn to turn of a loop", "");
            return forked(loop.at(), () -> turn(loop.name(), Traced.hole(hole), loop.body()), () -> Flow.NEXT);
        }
        if (items.size() > MOST_TURNS) {
            note(loop.at(), "a loop is followed for " + MOST_TURNS + " of its " + items.size() + " turns");
        }
        for (Traced item : items.subList(0, Math.min(MOST_TURNS, items.size()))) {
            Flow flow = turn(loop.name(), item, loop.body());
            if (flow == Flow.BREAK) {
                return Flow.NEXT;
            }
            if (flow == Flow.RETURN || flow == Flow.EXIT) {
                return flow;
            }
        }
        return Flow.NEXT;
    }

    private Flow turn(String name, Traced item, List<Statement> body) {
        if (!name.isEmpty()) {
            expander.state().set(name, Value.of(item));
        }
        return run(body);
    }

    private Flow repeated(Statement.While loop) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            Flow flow = run(loop.condition());
            if (flow != Flow.NEXT) {
                return flow;
            }
            Truth goesOn = loop.until() ? last.not() : last;
            if (goesOn == Truth.NO) {
                return decided(Truth.YES);
            }
            if (goesOn != Truth.YES) {
                return forked(loop.at(), () -> run(loop.body()), () -> Flow.NEXT);
            }
            flow = run(loop.body());
            if (flow == Flow.BREAK) {
                return Flow.NEXT;
            }
            if (flow == Flow.RETURN || flow == Flow.EXIT) {
                return flow;
            }
        }
        note(loop.at(), "a loop is followed for " + MOST_TURNS + " turns");
        return Flow.NEXT;
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

    /// Sets what an assignment says.
    void assign(Assignment assignment) {
        ShellState state = expander.state();
        Value old = state.get(assignment.name(), assignment.at());
        List<Traced> items = new ArrayList<>();
        if (assignment.words() != null) {
            if (assignment.append() && old != null) {
                items.addAll(old.items());
                expander.spend(items.size(), assignment.at());
            }
            items.addAll(expander.fields(assignment.words()));
            state.set(assignment.name(), new Value(items, true));
            return;
        }
        Traced text = expander.text(assignment.name(), assignment.value());
        if (!assignment.index().isEmpty()) {
            if (old != null) {
                items.addAll(old.items());
            }
            items.add(text);
            state.set(assignment.name(), new Value(items, true));
            return;
        }
        if (assignment.append() && old != null) {
            expander.spend(old.first().length(), assignment.at());
            text = new Traced.Builder().append(old.first()).append(text).build();
        }
        state.set(assignment.name(), Value.of(text));
    }
}
