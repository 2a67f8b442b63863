// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.scenario.report.Paper;
import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Where a command writes: results to one stream, notes for the person to the other; and where a person answers.
///
/// @param terminal whether results go to a terminal, which may have colours
/// @param typed lines that a person types; null where nobody sits there
public record Output(
        PrintStream out,
        PrintStream err,
        boolean terminal,
        @Nullable BufferedReader typed) {
    /// Without a person.
    public Output(PrintStream out, PrintStream err, boolean terminal) {
        this(out, err, terminal, null);
    }

    /// That of the process. Where the console is a terminal, both ends of it are.
    @SuppressWarnings("SystemConsoleNull") // it still may be null where a provider other than the default is chosen
    static Output ofProcess() {
        Console console = System.console();
        return console == null || !console.isTerminal()
                ? new Output(System.out, System.err, false)
                : new Output(
                        System.out,
                        System.err,
                        true,
                        new BufferedReader(new InputStreamReader(System.in, console.charset())));
    }

    /// The stream as a writer with the same charset.
    PrintWriter outWriter() {
        return new PrintWriter(new OutputStreamWriter(out, out.charset()), true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(new OutputStreamWriter(err, err.charset()), true);
    }

    /// Writes text in the stream's own charset.
    void text(String text) {
        out.print(text);
        out.flush();
    }

    /// Writes what programs read, JSON or a script, which is UTF-8 whatever the terminal's charset.
    void json(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
    }

    /// Who answers questions; null where nobody does.
    @Nullable
    Keyboard keyboard() {
        return typed == null ? null : new Keyboard(typed, this);
    }

    /// Asks without going to a new line.
    void prompt(String question) {
        err.print(question);
        err.flush();
    }

    void note(String line) {
        err.println(line);
        err.flush();
    }

    Paper paper(boolean colourAllowed) {
        boolean wanted = colourAllowed && terminal && System.getenv("NO_COLOR") == null;
        return Paper.of(wanted, out.charset());
    }
}
