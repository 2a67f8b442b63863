// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Word;
import java.util.ArrayList;
import java.util.List;

/// Fills in words: variables, arrays, calculations. Nothing is run; what would have to be run is a [Hole].
final class Expander {
    /// More characters than this in all come from values that feed on themselves, not from a person.
    private static final int MOST_CHARACTERS = 4 << 20;

    private final Parameters parameters;
    private final Calculator calculator;
    private ShellState state;
    private int spent;

    Expander(ShellState state) {
        this.state = state;
        calculator = new Calculator(this);
        parameters = new Parameters(this);
    }

    ShellState state() {
        return state;
    }

    void use(ShellState other) {
        state = other;
    }

    Calculator calculator() {
        return calculator;
    }

    /// The texts that a word becomes, split at blanks where it is not quoted.
    List<Traced> fields(Word word) {
        var fields = new Fields();
        for (Part part : word.parts()) {
            switch (part) {
                case Part.Literal literal -> {
                    spend(literal.text().length(), word.at());
                    fields.add(literal.text(), literal.quoted());
                }
                case Part.Parameter parameter -> add(parameter, fields);
                case Part.Arithmetic arithmetic -> fields.whole(value(arithmetic));
                case Part.Output output -> fields.whole(hole(output));
            }
        }
        return fields.end();
    }

    List<Traced> fields(List<Word> words) {
        List<Traced> all = new ArrayList<>();
        words.forEach(word -> all.addAll(fields(word)));
        return all;
    }

    private void add(Part.Parameter parameter, Fields fields) {
        Parameters.Values values = parameters.values(parameter);
        values.items().forEach(item -> spend(item.length() + 1, parameter.at()));
        if (!parameter.quoted()) {
            for (int i = 0; i < values.items().size(); i++) {
                if (i > 0) {
                    fields.cut();
                }
                fields.split(values.items().get(i));
            }
        } else if (values.separate()) {
            for (int i = 0; i < values.items().size(); i++) {
                if (i > 0) {
                    fields.cut();
                }
                fields.whole(values.items().get(i));
            }
        } else {
            fields.whole(joined(values.items(), parameter.at()));
        }
    }

    /// The one text that a word becomes where nothing is split, as behind an equals sign.
    Traced text(Word word) {
        var text = new Traced.Builder();
        for (Part part : word.parts()) {
            switch (part) {
                case Part.Literal literal -> text.append(literal.text());
                case Part.Parameter parameter ->
                    text.append(joined(parameters.values(parameter).items(), parameter.at()));
                case Part.Arithmetic arithmetic -> text.append(value(arithmetic));
                case Part.Output output -> text.append(hole(output));
            }
        }
        spend(text.length() + 1, word.at());
        return text.build();
    }

    /// The value of a variable that is being set.
    Traced text(String variable, Word value) {
        return parameters.assigning(variable, () -> text(value));
    }

    private static Traced joined(List<Traced> items, int at) {
        if (items.size() == 1) {
            return items.getFirst();
        }
        var text = new Traced.Builder();
        for (int i = 0; i < items.size(); i++) {
            text.append(Traced.of(i > 0 ? " " : "", at)).append(items.get(i));
        }
        return text.build();
    }

    private Traced value(Part.Arithmetic arithmetic) {
        return calculator.value(text(arithmetic.expression()), arithmetic.at(), arithmetic.source());
    }

    private static Traced hole(Part.Output output) {
        return Traced.hole(new Hole(output.at(), output.source(), "is the output of a command, which is not run", ""));
    }

    /// Counts characters, or other things that cost as much, against what is followed at most.
    void spend(int characters, int at) {
        spent += characters;
        if (spent > MOST_CHARACTERS) {
            throw new ShellSyntaxException(
                    at,
                    "longer than " + MOST_CHARACTERS + " characters with its variables filled in",
                    "a script that is followed must be shorter",
                    "");
        }
    }

    /// Fields in the making.
    private static final class Fields {
        private final List<Traced> done = new ArrayList<>();
        private final Traced.Builder current = new Traced.Builder();
        private boolean begun;

        void add(Traced text, boolean quoted) {
            current.append(text);
            begun |= quoted || !text.isEmpty();
        }

        /// A text that is not split; an empty one is a field as well.
        void whole(Traced text) {
            add(text, true);
        }

        void split(Traced text) {
            for (int i = 0; i < text.length(); i++) {
                if (" \t\n".indexOf(text.charAt(i)) >= 0) {
                    cut();
                } else {
                    current.append(text, i, i + 1);
                    begun = true;
                }
            }
        }

        /// Ends the field at the place, if one has begun.
        void cut() {
            if (begun) {
                done.add(current.build());
                current.clear();
                begun = false;
            }
        }

        List<Traced> end() {
            cut();
            return done;
        }
    }
}
