// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.completion;

import java.util.ArrayList;
import java.util.List;

/// A command as a shell sees it.
///
/// @param path words that lead to it, `dryrun` left out; empty for the program itself
/// @param description one sentence
/// @param commands those below it
public record CommandWords(
        List<String> path,
        String description,
        List<Option> options,
        List<Operand> operands,
        List<CommandWords> commands) {
    /// @param names all spellings, such as `-h` and `--help`
    /// @param label what help calls the value; empty for a flag
    /// @param repeatable whether it may be given several times
    public record Option(List<String> names, String description, String label, Values values, boolean repeatable) {
        public Option {
            names = List.copyOf(names);
        }
    }

    /// A word that is neither a command nor an option nor its value.
    ///
    /// @param repeatable whether more words of this kind may follow
    public record Operand(String label, Values values, boolean repeatable) {}

    public CommandWords {
        path = List.copyOf(path);
        options = List.copyOf(options);
        operands = List.copyOf(operands);
        commands = List.copyOf(commands);
    }

    /// Its own word.
    public String name() {
        return path.isEmpty() ? "dryrun" : path.getLast();
    }

    /// This command and all below it, each before those below it.
    List<CommandWords> all() {
        List<CommandWords> all = new ArrayList<>();
        all.add(this);
        commands.forEach(command -> all.addAll(command.all()));
        return all;
    }

    /// All spellings of all options.
    List<String> optionNames() {
        return options.stream().flatMap(option -> option.names().stream()).toList();
    }

    /// The words of the commands below it.
    List<String> commandNames() {
        return commands.stream().map(CommandWords::name).toList();
    }
}
