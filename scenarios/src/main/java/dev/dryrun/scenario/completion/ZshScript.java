// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.completion;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Completion for zsh: a function for each command, which hands its options and operands to `_arguments`.
final class ZshScript {
    private final CommandWords program;
    private final StringBuilder out = new StringBuilder();
    /// Functions that `_arguments` calls for names by kind.
    private final Map<String, Values.WordsByOperandBefore> lookups = new LinkedHashMap<>();

    ZshScript(CommandWords program) {
        this.program = program;
    }

    String write() {
        out.append("#compdef dryrun\n# Completion of dryrun in zsh, written by: dryrun completion zsh\n");
        program.all().forEach(this::function);
        lookups.forEach(this::lookup);
        return out.append("""

            if [[ $funcstack[1] == _dryrun ]]; then
                _dryrun "$@"
            else
                compdef _dryrun dryrun
            fi
            """).toString();
    }

    private void function(CommandWords command) {
        out.append('\n').append(nameOf(command)).append("() {\n");
        boolean branches = !command.commands().isEmpty();
        List<String> specs = new ArrayList<>();
        command.options().forEach(option -> specs.addAll(specs(option)));
        if (branches) {
            out.append("    local curcontext=$curcontext state line\n    local -A opt_args\n    local -a commands\n");
            out.append("    commands=(\n");
            for (CommandWords below : command.commands()) {
                out.append("        ")
                        .append(quoted(below.name() + ":" + below.description()))
                        .append('\n');
            }
            out.append("    )\n");
            specs.add(quoted("1:command:->command"));
            specs.add(quoted("*::word:->word"));
        }
        for (int i = 0; i < command.operands().size(); i++) {
            CommandWords.Operand operand = command.operands().get(i);
            String place = operand.repeatable() ? "*" : Integer.toString(i + 1);
            String lookup = nameOf(command) + "_" + (i + 1);
            if (operand.values() instanceof Values.WordsByOperandBefore byWord) {
                lookups.put(lookup, byWord);
            }
            specs.add(quoted(place + ":" + label(operand.label()) + ":" + action(operand.values(), lookup)));
        }
        out.append("    _arguments ").append(branches ? "-C -A '-*'" : "-S");
        specs.forEach(spec -> out.append(" \\\n        ").append(spec));
        out.append('\n');
        if (branches) {
            branch(command);
        }
        out.append("}\n");
    }

    private void branch(CommandWords command) {
        out.append("    case $state in\n        command) _describe -t commands command commands ;;\n");
        out.append("        word)\n            case $line[1] in\n");
        for (CommandWords below : command.commands()) {
            out.append("                ")
                    .append(below.name())
                    .append(") ")
                    .append(nameOf(below))
                    .append(" ;;\n");
        }
        out.append("            esac\n            ;;\n    esac\n");
    }

    private static List<String> specs(CommandWords.Option option) {
        List<String> specs = new ArrayList<>();
        String others = option.names().size() > 1 ? "(" + String.join(" ", option.names()) + ")" : "";
        boolean flag = option.values() instanceof Values.None;
        for (String name : option.names()) {
            String takes = flag ? "" : name.startsWith("--") ? "=" : "+";
            String value = flag ? "" : ":" + label(option.label()) + ":" + action(option.values(), "");
            specs.add(quoted((option.repeatable() ? "*" : others) + name + takes + "["
                    + option.description().replaceAll("([\\[\\]\\\\])", "\\\\$1") + "]" + value));
        }
        return specs;
    }

    /// What zsh does to complete a value.
    private static String action(Values values, String lookup) {
        return switch (values) {
            case Values.None() -> " ";
            case Values.Free() -> " ";
            case Values.Files() -> "_files";
            case Values.Folders() -> "_files -/";
            case Values.Words(List<String> words) -> "(" + String.join(" ", words) + ")";
            case Values.WordsByOperandBefore(var ignored) -> lookup;
        };
    }

    /// A function that offers words by the last word before that decides.
    private void lookup(String name, Values.WordsByOperandBefore values) {
        out.append('\n').append(name).append("() {\n    local word\n    local -a names\n");
        out.append("    for word in $words[2,CURRENT-1]; do\n        case $word in\n");
        values.words()
                .forEach((word, names) -> out.append("            ")
                        .append(word)
                        .append(") names=(")
                        .append(String.join(" ", names))
                        .append(") ;;\n"));
        out.append("        esac\n    done\n    compadd -a names\n}\n");
    }

    private static String label(String label) {
        return label.replaceAll("[<>:\\[\\]]", "");
    }

    private static String nameOf(CommandWords command) {
        return "_dryrun" + (command.path().isEmpty() ? "" : "_" + String.join("_", command.path()));
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
