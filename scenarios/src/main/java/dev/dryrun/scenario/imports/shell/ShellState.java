// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.imports.shell;

import dev.dryrun.scenario.imports.shell.Statement.Function;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Variables and functions at a place of a script that is followed.
final class ShellState {
    private final Map<String, String> environment;
    private final Map<String, Value> variables = new LinkedHashMap<>();
    private final Map<String, Function> functions = new LinkedHashMap<>();

    ShellState(Map<String, String> environment) {
        this.environment = environment;
    }

    ShellState copy() {
        var copy = new ShellState(environment);
        copy.variables.putAll(variables);
        copy.functions.putAll(functions);
        return copy;
    }

    /// The value of a variable; null where nobody set it.
    ///
    /// @param at where it is asked for, which is where a value of the environment counts as written
    @Nullable
    Value get(String name, int at) {
        Value value = variables.get(name);
        if (value != null) {
            return value;
        }
        String given = environment.get(name);
        return given == null ? null : Value.of(Traced.of(given, at));
    }

    void set(String name, Value value) {
        variables.put(name, value);
    }

    void unset(String name) {
        variables.remove(name);
    }

    /// The arguments of the function that is followed, under the names by which it calls them.
    Map<String, Value> arguments() {
        Map<String, Value> arguments = new LinkedHashMap<>();
        variables.forEach((name, value) -> {
            if (isArgument(name)) {
                arguments.put(name, value);
            }
        });
        return arguments;
    }

    void setArguments(List<Traced> arguments) {
        variables.keySet().removeIf(ShellState::isArgument);
        variables.put(Parameters.ARGUMENTS, new Value(arguments, true));
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(Integer.toString(i + 1), Value.of(arguments.get(i)));
        }
    }

    void restoreArguments(Map<String, Value> before) {
        variables.keySet().removeIf(ShellState::isArgument);
        variables.putAll(before);
    }

    private static boolean isArgument(String name) {
        return name.equals(Parameters.ARGUMENTS) || Character.isDigit(name.charAt(0));
    }

    void define(Function function) {
        functions.put(function.name(), function);
    }

    @Nullable
    Function function(String name) {
        return functions.get(name);
    }

    Map<String, Value> variables() {
        return variables;
    }

    /// The state behind a fork that nobody can decide: what all ways agree on stays, the rest becomes a hole.
    static ShellState joined(List<ShellState> ways, int at, int line) {
        ShellState joined = ways.getFirst().copy();
        for (ShellState way : ways.subList(1, ways.size())) {
            Set<String> names = new LinkedHashSet<>(joined.variables.keySet());
            names.addAll(way.variables.keySet());
            for (String name : names) {
                Value one = joined.get(name, at);
                Value other = way.get(name, at);
                if (one != null && other != null && one.reads(other)) {
                    continue;
                }
                var hole = new Hole(
                        at, "$" + name, "depends on a condition on line " + line + " that cannot be decided here", "");
                boolean array = one != null ? one.array() : other != null && other.array();
                Value none = new Value(List.of(), array);
                joined.set(name, (one == null ? none : one).upTo(other == null ? none : other, hole));
            }
            way.functions.forEach(joined.functions::putIfAbsent);
        }
        return joined;
    }
}
