// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Part.Parameter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Values of `$NAME` and of `${NAME...}` with its operators.
final class Parameters {
    /// The name under which a state keeps the arguments of a function; those of the script are not known.
    static final String ARGUMENTS = "@";

    private final Expander expander;
    private String assigned = "";

    Parameters(Expander expander) {
        this.expander = expander;
    }

    /// @param separate whether items stay apart in quotes, as those of `"${ARRAY[@]}"` do
    record Values(List<Traced> items, boolean separate) {
        static Values of(Traced one) {
            return new Values(List.of(one), false);
        }
    }

    Values values(Parameter parameter) {
        if (parameter.name().equals("@") || parameter.name().equals("*")) {
            Value arguments = expander.state().get(ARGUMENTS, parameter.at());
            return new Values(arguments == null ? List.of() : arguments.items(), true);
        }
        Value value = lookUp(parameter);
        if (parameter.prefix().equals("!")) {
            return Values.of(indirect(parameter, value));
        }
        boolean whole = parameter.index().equals("@") || parameter.index().equals("*");
        if (parameter.prefix().equals("#")) {
            return Values.of(size(parameter, value, whole));
        }
        if (value == null) {
            return unset(parameter);
        }
        if (whole) {
            boolean empty = value.items().isEmpty() && parameter.operator().startsWith(":");
            return parameter.operator().isEmpty() || !empty
                    ? new Values(value.items(), parameter.index().equals("@"))
                    : unset(parameter);
        }
        Traced text = element(parameter, value);
        return Values.of(operated(parameter, text));
    }

    private @Nullable Value lookUp(Parameter parameter) {
        String name = parameter.name();
        Value value = expander.state().get(name, parameter.at());
        Value arguments = name.equals("#") ? expander.state().get(ARGUMENTS, parameter.at()) : null;
        if (arguments != null) {
            return Value.of(Traced.of(Integer.toString(arguments.items().size()), parameter.at()));
        }
        if (value == null && !name.isEmpty() && !DollarReader.startsName(name.charAt(0))) {
            boolean argument = Character.isDigit(name.charAt(0));
            boolean hasDefault = argument && parameter.operator().endsWith("-");
            String why = argument ? "is an argument of the script" : "is known only while the script runs";
            return hasDefault ? null : Value.of(hole(parameter, why, ""));
        }
        return value;
    }

    private static Traced hole(Parameter parameter, String why, String variable) {
        return Traced.hole(new Hole(parameter.at(), parameter.source(), why, variable));
    }

    /// Runs what fills in the value of a variable. Where the value names the variable itself and it is not set, as in
    /// `LIST="$LIST more"`, that adds nothing.
    Traced assigning(String name, Supplier<Traced> value) {
        String before = assigned;
        assigned = name;
        Traced text = value.get();
        assigned = before;
        return text;
    }

    private Values unset(Parameter parameter) {
        if (parameter.name().equals(assigned) && parameter.operator().isEmpty()) {
            return Values.of(Traced.EMPTY);
        }
        Traced text = switch (parameter.operator()) {
            case ":-", "-" -> operand(parameter);
            case ":=", "=" -> assigned(parameter);
            case ":+", "+" -> Traced.EMPTY;
            default -> hole(parameter, "is not set in the script", parameter.name());
        };
        return Values.of(text);
    }

    private Traced assigned(Parameter parameter) {
        Traced text = operand(parameter);
        expander.state().set(parameter.name(), Value.of(text));
        return text;
    }

    private Traced operand(Parameter parameter) {
        return parameter.operand() == null ? Traced.EMPTY : expander.text(parameter.operand());
    }

    private Traced indirect(Parameter parameter, @Nullable Value value) {
        if (value == null || !value.first().isKnown()) {
            return hole(parameter, "is not known here", "");
        }
        Value named = expander.state().get(value.first().toString(), parameter.at());
        return named == null
                ? hole(parameter, "is not set in the script", value.first().toString())
                : named.first();
    }

    private static Traced size(Parameter parameter, @Nullable Value value, boolean whole) {
        if (value == null || !value.items().stream().allMatch(Traced::isKnown)) {
            return hole(parameter, "is not known here", "");
        }
        int size = whole ? value.items().size() : value.first().length();
        return Traced.of(Integer.toString(size), parameter.at());
    }

    private Traced element(Parameter parameter, Value value) {
        if (parameter.index().isEmpty()) {
            return value.first();
        }
        Traced index = expander.calculator()
                .value(Traced.of(parameter.index(), parameter.at()), parameter.at(), parameter.source());
        if (!index.isKnown()) {
            return index;
        }
        long at = Long.parseLong(index.toString());
        return at >= 0 && at < value.items().size() ? value.items().get((int) at) : Traced.EMPTY;
    }

    private Traced operated(Parameter parameter, Traced text) {
        String operator = parameter.operator();
        boolean empty = text.isEmpty();
        return switch (operator) {
            case "", "-", "=", "?", ":?" -> text;
            case ":-" -> empty ? operand(parameter) : text;
            case ":=" -> empty ? assigned(parameter) : text;
            case "+" -> operand(parameter);
            case ":+" -> empty ? text : operand(parameter);
            default -> text.isKnown() ? cut(parameter, operator, text) : text;
        };
    }

    private Traced cut(Parameter parameter, String operator, Traced text) {
        Traced operand = operand(parameter);
        String all = text.toString();
        String pattern = operand.toString();
        boolean known = operand.isKnown() && Glob.isShort(pattern, all);
        return switch (operator) {
            case "^^" -> recased(text, all.toUpperCase(Locale.ROOT));
            case ",," -> recased(text, all.toLowerCase(Locale.ROOT));
            case "#", "##" ->
                known ? text.substring(Glob.prefix(pattern, all, operator.length() > 1), text.length()) : text;
            case "%", "%%" -> known ? text.substring(0, Glob.suffix(pattern, all, operator.length() > 1)) : text;
            case "/", "//" -> replaced(parameter, text, operand, operator.length() > 1);
            default -> hole(parameter, "uses " + operator + ", which is not followed", "");
        };
    }

    private static Traced recased(Traced text, String other) {
        return other.length() == text.length() ? text.withText(other) : text;
    }

    /// `/find/replacement`, where what is found is plain text.
    private static Traced replaced(Parameter parameter, Traced text, Traced operand, boolean every) {
        int slash = operand.raw().indexOf('/');
        String find = operand.raw().substring(0, slash < 0 ? operand.length() : slash);
        boolean known = operand.isKnown() && Glob.isShort(operand.raw(), text.raw());
        if (!known || find.isEmpty() || Glob.isPattern(find)) {
            return hole(parameter, "replaces a pattern, which is not followed", "");
        }
        var out = new Traced.Builder();
        int from = 0;
        for (int at = text.raw().indexOf(find); at >= 0; at = every ? text.raw().indexOf(find, from) : -1) {
            out.append(text, from, at);
            if (slash >= 0) {
                out.append(operand, slash + 1, operand.length());
            }
            from = at + find.length();
        }
        return out.append(text, from, text.length()).build();
    }
}
