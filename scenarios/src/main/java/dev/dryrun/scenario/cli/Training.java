// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Several command lines in one process, one after the other: what an ahead-of-time cache of the JVM is trained on.
///
/// The JVM makes such a cache of one process and looks at the class path of that process when it is to use it, so what
/// runs the commands has to stand on the class path of the program.
///
/// Usage: `java -cp ... dev.dryrun.scenario.cli.Training FILE`. A line of the file is a command line, its words between
/// blanks; an empty line, or one that begins with `#`, is none. Exits with the code of the first command that has one
/// other than 0, and says which it was.
final class Training {
    private Training() {}

    public static void main(String[] args) throws IOException {
        int code = run(Files.readAllLines(Path.of(args[0])), Output.ofProcess());
        if (code != ExitCode.DONE) {
            System.exit(code);
        }
    }

    static int run(List<String> lines, Output output) {
        for (String line : lines) {
            String words = line.strip();
            if (words.isEmpty() || words.startsWith("#")) {
                continue;
            }
            int code = Main.run(words.split("\\s+"), output);
            if (code != ExitCode.DONE) {
                output.note("\"dryrun " + words + "\" ended with exit code " + code);
                return code;
            }
        }
        return ExitCode.DONE;
    }
}
