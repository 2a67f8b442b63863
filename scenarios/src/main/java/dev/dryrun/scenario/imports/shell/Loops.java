// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.ShellRunner.Flow;
import java.util.List;

/// Follows loops, for so many turns.
final class Loops {
    private static final int MOST_TURNS = 64;

    private final ShellRunner runner;
    private final Expander expander;

    Loops(ShellRunner runner, Expander expander) {
        this.runner = runner;
        this.expander = expander;
    }

    Flow follow(Statement.For loop) {
        List<Traced> items = loop.words() == null ? List.of() : expander.fields(loop.words());
        boolean counts = loop.words() == null && loop.name().isEmpty();
        boolean known = !counts && items.stream().allMatch(Traced::isKnown);
        if (!known) {
            Hole hole = new Hole(loop.at(), "$" + loop.name(), "differs from turn to turn of a loop", "");
            return runner.forked(loop.at(), () -> turn(loop.name(), Traced.hole(hole), loop.body()), () -> Flow.NEXT);
        }
        if (items.size() > MOST_TURNS) {
            runner.note(loop.at(), "a loop is followed for " + MOST_TURNS + " of its " + items.size() + " turns");
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

    /// Whether a condition is about the arguments of the script, as in `while [ $# -gt 0 ]`. A script is followed as
    /// if it were started without any.
    private static boolean asksForArguments(List<Statement> condition) {
        for (Statement statement : condition) {
            List<Part.Word> words = statement instanceof Statement.Simple simple
                    ? simple.words()
                    : statement instanceof Statement.Test test ? test.words() : List.of();
            boolean asks = words.stream()
                    .flatMap(word -> word.parts().stream())
                    .anyMatch(part -> part instanceof Part.Parameter parameter
                            && List.of("#", "1").contains(parameter.name()));
            if (asks) {
                return true;
            }
        }
        return false;
    }

    private Flow turn(String name, Traced item, List<Statement> body) {
        if (!name.isEmpty()) {
            expander.state().set(name, Value.of(item));
        }
        return runner.run(body);
    }

    Flow follow(Statement.While loop) {
        for (int turn = 0; turn < MOST_TURNS; turn++) {
            Flow flow = runner.run(loop.condition());
            if (flow != Flow.NEXT) {
                return flow;
            }
            Truth goesOn = loop.until() ? runner.last().not() : runner.last();
            if (goesOn == Truth.NO) {
                return runner.decided(Truth.YES);
            }
            if (goesOn != Truth.YES && asksForArguments(loop.condition())) {
                return runner.decided(Truth.YES);
            }
            if (goesOn != Truth.YES) {
                return runner.forked(loop.at(), () -> runner.run(loop.body()), () -> Flow.NEXT);
            }
            flow = runner.run(loop.body());
            if (flow == Flow.BREAK) {
                return Flow.NEXT;
            }
            if (flow == Flow.RETURN || flow == Flow.EXIT) {
                return flow;
            }
        }
        runner.note(loop.at(), "a loop is followed for " + MOST_TURNS + " turns");
        return Flow.NEXT;
    }
}
