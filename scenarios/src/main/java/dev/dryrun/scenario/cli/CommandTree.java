// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Catalog;
import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.scenario.completion.CommandWords;
import dev.dryrun.scenario.completion.Values;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Reads off Picocli's model what shells can complete.
final class CommandTree {
    private final Catalog catalog;

    CommandTree(Catalog catalog) {
        this.catalog = catalog;
    }

    CommandWords of(CommandLine program) {
        return of(program, List.of());
    }

    private CommandWords of(CommandLine line, List<String> path) {
        CommandSpec spec = line.getCommandSpec();
        List<CommandWords.Option> options = new ArrayList<>();
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                options.add(new CommandWords.Option(
                        List.of(option.names()),
                        sentence(option.description()),
                        option.paramLabel(),
                        option.arity().max() == 0 ? new Values.None() : values(option),
                        option.isMultiValue()));
            }
        }
        List<CommandWords.Operand> operands = new ArrayList<>();
        for (PositionalParamSpec operand : spec.positionalParameters()) {
            if (!operand.hidden()) {
                operands.add(new CommandWords.Operand(operand.paramLabel(), values(operand), operand.isMultiValue()));
            }
        }
        List<CommandWords> commands = new ArrayList<>();
        line.getSubcommands().forEach((name, below) -> {
            List<String> longer = new ArrayList<>(path);
            longer.add(name);
            commands.add(of(below, longer));
        });
        return new CommandWords(path, sentence(spec.usageMessage().description()), options, operands, commands);
    }

    private Values values(ArgSpec argument) {
        Class<?> type = argument.auxiliaryTypes()[0];
        Iterable<String> candidates = argument.completionCandidates();
        if (candidates instanceof CatalogWords words) {
            return words.from(catalog);
        }
        if (type.isEnum()) {
            List<String> names = new ArrayList<>();
            for (Object constant : type.getEnumConstants()) {
                names.add(Entry.kebab((Enum<?>) constant));
            }
            return new Values.Words(names);
        }
        if (candidates != null) {
            List<String> words = new ArrayList<>();
            candidates.forEach(words::add);
            return new Values.Words(words);
        }
        if (type == Path.class || type == File.class) {
            return argument.paramLabel().equals("DIR") ? new Values.Folders() : new Values.Files();
        }
        return new Values.Free();
    }

    /// The first sentence of a description, without its full stop.
    private static String sentence(String[] description) {
        String text = (description.length == 0 ? "" : description[0])
                .replace("%n", " ")
                .replace("%%", "%");
        int end = text.indexOf(". ");
        String first = end < 0 ? text : text.substring(0, end);
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }
}
