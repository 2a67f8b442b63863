// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.completion;

import java.util.List;
import java.util.stream.Collectors;

/// Completion for fish, 3.0 and newer: a line for each thing that can be written, with the condition when.
final class FishScript {
    private static final String CONDITIONS = """

        # The words so far that are neither options nor values of options, one a line.
        function __dryrun_words
            set -l value no
            for word in (commandline -opc)[2..-1]
                if test $value = yes
                    set value no
                else if string match -q -- '--*=*' $word
                    continue
                else if contains -- $word $__dryrun_with_value
                    set value yes
                else if not string match -q -- '-*' $word
                    echo $word
                end
            end
        end

        # Whether the words so far begin with these.
        function __dryrun_in
            set -l words (__dryrun_words)
            set -l length (count $argv)
            test (count $words) -ge $length; or return 1
            test $length -eq 0; or test "$words[1..$length]" = "$argv"
        end

        # Whether the words so far are these, and as many more as the first argument says.
        function __dryrun_at
            test (count (__dryrun_words)) -eq (math (count $argv) - 1 + $argv[1]); and __dryrun_in $argv[2..-1]
        end

        # Whether the last of the words so far is this.
        function __dryrun_after
            set -l words (__dryrun_words)
            test (count $words) -gt 0; and test $words[-1] = $argv[1]
        end

        complete -c dryrun -f
        """;

    private final CommandWords program;
    private final StringBuilder out = new StringBuilder();

    FishScript(CommandWords program) {
        this.program = program;
    }

    String write() {
        out.append("# Completion of dryrun in fish, written by: dryrun completion fish\n\n");
        out.append("set -g __dryrun_with_value ").append(optionsWithValue()).append('\n');
        out.append(CONDITIONS);
        program.all().forEach(this::lines);
        return out.toString();
    }

    private String optionsWithValue() {
        return program.all().stream()
                .flatMap(command -> command.options().stream())
                .filter(option -> !(option.values() instanceof Values.None))
                .flatMap(option -> option.names().stream())
                .distinct()
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private void lines(CommandWords command) {
        String path = String.join(" ", command.path());
        out.append('\n');
        for (CommandWords below : command.commands()) {
            line("__dryrun_at 0 " + path, "-a " + quoted(below.name()) + " -d " + quoted(below.description()));
        }
        // Options of the program itself stand before any command.
        String within = path.isEmpty() ? "__dryrun_at 0" : "__dryrun_in " + path;
        for (CommandWords.Option option : command.options()) {
            String names = option.names().stream()
                    .map(name -> name.startsWith("--") ? "-l " + name.substring(2) : "-s " + name.substring(1))
                    .collect(Collectors.joining(" "));
            line(within, names + taken(option.values()) + " -d " + quoted(option.description()));
        }
        int number = 0;
        for (CommandWords.Operand operand : command.operands()) {
            String here = operand.repeatable() ? within : "__dryrun_at " + number + " " + path;
            operand(here, operand.values());
            number++;
        }
    }

    private void operand(String when, Values values) {
        switch (values) {
            case Values.None() -> {}
            case Values.Free() -> {}
            case Values.Files() -> line(when, "-F");
            case Values.Folders() -> line(when, "-a '(__fish_complete_directories)'");
            case Values.Words(List<String> words) -> line(when, "-a " + quoted(String.join(" ", words)));
            case Values.WordsByOperandBefore(var byWord) ->
                byWord.forEach((word, names) ->
                        line(when + "; and __dryrun_after " + word, "-a " + quoted(String.join(" ", names))));
        }
    }

    private static String taken(Values values) {
        return switch (values) {
            case Values.None() -> "";
            case Values.Free() -> " -x";
            case Values.Files() -> " -r -F";
            case Values.Folders() -> " -x -a '(__fish_complete_directories)'";
            case Values.Words(List<String> words) -> " -x -a " + quoted(String.join(" ", words));
            case Values.WordsByOperandBefore(var ignored) -> " -x";
        };
    }

    private void line(String when, String what) {
        out.append("complete -c dryrun -n ")
                .append(quoted(when.strip()))
                .append(' ')
                .append(what)
                .append('\n');
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
