// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The program `dryrun`: its commands, and the exit code of the one that ran.
@Command(
        name = "dryrun",
        description = "Dry-run your training cluster before you rent, buy or break it.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    private Main() {}

    /// The command line with the commands of every module on the class path.
    public static CommandLine commandLine() {
        CommandLine line = new CommandLine(new Main());
        for (CommandProvider provider : ServiceLoader.load(CommandProvider.class)) {
            line.addSubcommand(provider.command());
        }
        return line;
    }

    @Override
    public void run() {
        commandLine().usage(System.out);
    }

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }
}
