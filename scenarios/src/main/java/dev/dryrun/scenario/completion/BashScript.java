// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.completion;

import java.util.List;

/// Completion for bash, 3.2 and newer. Three functions know what the commands are; one walks along the command line.
final class BashScript {
    private static final String WALK = """

        _dryrun_paths() { # -f for files, -d for folders
            local path
            while IFS= read -r path; do
                COMPREPLY+=("$path")
            done < <(compgen "$1" -- "$cur")
            compopt -o filenames 2>/dev/null
        }

        _dryrun() {
            local cur=${COMP_WORDS[COMP_CWORD]} command= option= before= operand=0 values= words= word i
            COMPREPLY=()
            for ((i = 1; i < COMP_CWORD; i++)); do
                word=${COMP_WORDS[i]}
                if [[ $word == "=" ]]; then
                    continue
                elif [[ -n $option ]]; then
                    option=
                elif [[ $word == -* ]]; then
                    _dryrun_option "$command" "$word"
                    [[ $values == none ]] || option=$word
                elif _dryrun_commands "$command"; [[ " $words " == *" $word "* ]]; then
                    command=${command:+$command }$word
                else
                    before=$word
                    operand=$((operand + 1))
                fi
            done
            [[ $cur == "=" ]] && cur=
            if [[ -n $option ]]; then
                _dryrun_option "$command" "$option"
            elif [[ $cur == -* ]]; then
                _dryrun_options "$command"
                values=words
            else
                _dryrun_commands "$command"
                values=words
                [[ -n $words ]] || _dryrun_operand "$command" "$operand" "$before"
            fi
            case $values in
                files) _dryrun_paths -f ;;
                folders) _dryrun_paths -d ;;
                words) COMPREPLY=($(compgen -W "$words" -- "$cur")) ;;
            esac
        }

        complete -F _dryrun dryrun
        """;

    private final CommandWords program;
    private final StringBuilder out = new StringBuilder();

    BashScript(CommandWords program) {
        this.program = program;
    }

    String write() {
        out.append("# Completion of dryrun in bash, written by: dryrun completion bash\n\n");
        function("_dryrun_commands() { # command; sets words to the commands below it", "words=");
        for (CommandWords command : program.all()) {
            arm(command, "", "words=\"" + String.join(" ", command.commandNames()) + "\"");
        }
        end();
        function("\n_dryrun_options() { # command; sets words to its options", "words=");
        for (CommandWords command : program.all()) {
            arm(command, "", "words=\"" + String.join(" ", command.optionNames()) + "\"");
        }
        end();
        function(
                "\n_dryrun_option() { # command, option; sets values and words to what it takes", "values=none words=");
        for (CommandWords command : program.all()) {
            for (CommandWords.Option option : command.options()) {
                for (String name : option.names()) {
                    if (!(option.values() instanceof Values.None)) {
                        arm(command, name, values(option.values()));
                    }
                }
            }
        }
        end();
        function("\n_dryrun_operand() { # command, number, word before; sets values and words", "values=none words=");
        for (CommandWords command : program.all()) {
            int number = 0;
            for (CommandWords.Operand operand : command.operands()) {
                arm(command, operand.repeatable() ? "*" : Integer.toString(number), values(operand.values()));
                number++;
            }
        }
        end();
        return out.append(WALK).toString();
    }

    private void function(String head, String before) {
        String word = head.contains("# command, ") ? "\"$1 $2\"" : "$1";
        out.append(head)
                .append("\n    ")
                .append(before)
                .append("\n    case ")
                .append(word)
                .append(" in\n");
    }

    private void arm(CommandWords command, String word, String then) {
        String path = String.join(" ", command.path());
        String pattern = word.isEmpty()
                ? "\"" + path + "\""
                : word.equals("*") ? "\"" + path + " \"*" : "\"" + path + " " + word + "\"";
        out.append("        ").append(pattern).append(") ").append(then).append(" ;;\n");
    }

    private void end() {
        out.append("    esac\n}\n");
    }

    private static String values(Values values) {
        return switch (values) {
            case Values.None() -> "values=none";
            case Values.Free() -> "values=free";
            case Values.Files() -> "values=files";
            case Values.Folders() -> "values=folders";
            case Values.Words(List<String> words) -> "values=words words=\"" + String.join(" ", words) + "\"";
            case Values.WordsByOperandBefore(var byWord) -> {
                var text = new StringBuilder("values=words\n            case $3 in\n");
                byWord.forEach((word, names) -> text.append("                ")
                        .append(word)
                        .append(") words=\"")
                        .append(String.join(" ", names))
                        .append("\" ;;\n"));
                yield text.append("            esac").toString();
            }
        };
    }
}
