// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import java.util.OptionalLong;

/// Whole-number arithmetic as in `$(( ))`: the operators of C, variables with or without a dollar sign.
final class Calculator {
    private static final int DEEPEST = 30;

    private final Expander expander;
    private int depth;

    Calculator(Expander expander) {
        this.expander = expander;
    }

    /// The value as text; a hole where something in it is not known.
    Traced value(Traced expression, int at, String source) {
        OptionalLong value = evaluate(expression, at);
        if (value.isPresent()) {
            return Traced.of(Long.toString(value.getAsLong()), at);
        }
        if (!expression.isKnown()) {
            Hole first = expression.holes().getFirst();
            String why = "needs " + first.source() + ", which " + first.why();
            return Traced.hole(new Hole(at, source, why, first.variable()));
        }
        return Traced.hole(new Hole(at, source, "cannot be calculated here", ""));
    }

    /// The value; empty where it is not known or no expression.
    OptionalLong evaluate(Traced expression, int at) {
        if (!expression.isKnown()) {
            return OptionalLong.empty();
        }
        if (++depth > DEEPEST) {
            depth = 0;
            throw new ShellSyntaxException(
                    at,
                    "a calculation with a variable that leads back to itself",
                    "the value of a variable must end in a number",
                    "");
        }
        try {
            return new Expression(expression.toString(), name -> variable(name, at)).value();
        } finally {
            depth = Math.max(0, depth - 1);
        }
    }

    private OptionalLong variable(String name, int at) {
        Value value = expander.state().get(name, at);
        if (value == null) {
            return OptionalLong.empty();
        }
        return value.first().isEmpty() ? OptionalLong.of(0) : evaluate(value.first(), at);
    }
}
