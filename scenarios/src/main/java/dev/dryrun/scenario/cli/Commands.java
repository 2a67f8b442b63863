// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.function.Supplier;
import picocli.CommandLine;

/// The commands in the order in which help lists them.
final class Commands {
    /// Name to command, for those of this module.
    private final Map<String, Supplier<Object>> here = new LinkedHashMap<>();
    private final Map<String, Supplier<Object>> aids = new LinkedHashMap<>();

    /// @param program makes the program with all its commands
    Commands(Output output, Supplier<CommandLine> program) {
        here.put("init", () -> new InitCommand(output));
        here.put("import", () -> new ImportCommand(output));
        here.put("simulate", () -> new SimulateCommand(output));
        here.put("balance", () -> new BalanceCommand(output));
        here.put("estimate", () -> new EstimateCommand(output));
        here.put("network", () -> NetworkCommand.commandLine(output));
        here.put("catalog", () -> new CatalogCommand(output));
        aids.put("schema", () -> new SchemaCommand(output));
        aids.put("completion", () -> new CompletionCommand(output, program));
    }

    /// The command of that name; all of them where it is none of this module. Commands that are not asked for are not
    /// loaded, because loading takes longer than a simulation.
    List<Object> forWord(String asked) {
        Supplier<Object> one = here.getOrDefault(asked, aids.get(asked));
        return one == null ? all() : List.of(one.get());
    }

    /// Every command: those for jobs, those of other modules, those about the program itself.
    List<Object> all() {
        List<Object> all = new ArrayList<>();
        here.values().forEach(command -> all.add(command.get()));
        ServiceLoader.load(CommandProvider.class).forEach(provider -> all.add(provider.command()));
        aids.values().forEach(command -> all.add(command.get()));
        return all;
    }
}
