// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A run of the program inside a test: its exit code and what it wrote.
record Run(int exitCode, String out, String err) {
    static Run of(String... args) {
        return of(null, args);
    }

    /// The same with a person who types these lines, and then no more.
    static Run typing(String lines, String... args) {
        return of(new BufferedReader(new StringReader(lines)), args);
    }

    private static Run of(@Nullable BufferedReader typed, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = Main.run(
                args,
                new Output(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        typed));
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
