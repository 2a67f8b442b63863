// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.hardware.catalog.Entry;
import dev.dryrun.hardware.catalog.InvalidInputException;
import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Grain;
import dev.dryrun.hardware.collective.Protocol;
import dev.dryrun.scenario.completion.Shell;
import dev.dryrun.scenario.simulate.DeadlockedStep;
import dev.dryrun.scenario.simulate.Fidelity;
import dev.dryrun.strategy.compile.Detail;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/// The program `dryrun`: its commands, and the exit code of the one that ran.
@Command(
        name = "dryrun",
        description = "Dry-run your training cluster before you rent, buy or break it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  dryrun simulate examples/gpt3-175b-a100.yaml", "  dryrun catalog", "  dryrun COMMAND --help"})
public final class Main implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(args, Output.ofProcess()));
    }

    /// Runs a command line and returns its exit code; nothing that goes wrong gets out of here.
    static int run(String[] args, Output output) {
        try {
            return commandLine(args.length == 0 ? "" : args[0], output).execute(args);
        } catch (Exception | StackOverflowError | OutOfMemoryError failure) {
            return internal(failure, output);
        }
    }

    private static CommandLine commandLine(String asked, Output output) {
        CommandLine line = new CommandLine(new Main());
        new Commands(output, () -> commandLine("", output)).forWord(asked).forEach(line::addSubcommand);
        return line.setOut(output.outWriter())
                .setErr(output.errWriter())
                .registerConverter(CollectiveKind.class, word -> constant(CollectiveKind.class, word))
                .registerConverter(Protocol.class, word -> constant(Protocol.class, word))
                .registerConverter(Grain.class, word -> constant(Grain.class, word))
                .registerConverter(Fidelity.class, word -> constant(Fidelity.class, word))
                .registerConverter(Detail.class, word -> constant(Detail.class, word))
                .registerConverter(Shell.class, word -> constant(Shell.class, word))
                .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
                .setParameterExceptionHandler((failure, words) -> badCommandLine(failure, output))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, output));
    }

    /// A constant of an enum by the name that files and help use.
    private static <E extends Enum<E>> E constant(Class<E> type, String word) {
        List<String> names = new ArrayList<>();
        for (E constant : type.getEnumConstants()) {
            if (Entry.kebab(constant).equals(word)) {
                return constant;
            }
            names.add(Entry.kebab(constant));
        }
        throw new TypeConversionException("must be one of " + String.join(", ", names) + ", not \"" + word + "\"");
    }

    private static int badCommandLine(ParameterException failure, Output output) {
        output.note(String.valueOf(failure.getMessage()));
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, output.errWriter())) {
            output.note(failure.getCommandLine().getCommandSpec().qualifiedName() + " --help tells what there is.");
        }
        return ExitCode.BAD_INPUT;
    }

    private static int failed(Exception failure, Output output) {
        return switch (failure) {
            case InvalidInputException bad -> {
                bad.problems().forEach(problem -> output.note(problem.message()));
                yield ExitCode.BAD_INPUT;
            }
            case DeadlockedStep deadlock -> {
                output.note("The step never ends: " + deadlock.getMessage());
                yield ExitCode.NO;
            }
            default -> internal(failure, output);
        };
    }

    private static int internal(Throwable failure, Output output) {
        if (failure instanceof OutOfMemoryError) {
            output.note("Out of memory. A larger heap may do: DRYRUN_JAVA_OPTS=-Xmx16g");
        } else {
            output.note("Internal error: " + failure + ". Please report it with your scenario and the output of dryrun"
                    + " --version; DRYRUN_DEBUG=1 shows where it happened.");
        }
        if (System.getenv("DRYRUN_DEBUG") != null) {
            failure.printStackTrace(output.err());
        }
        return ExitCode.INTERNAL;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
