// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.scenario.report.Paper;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where a command writes: results to one stream, notes for the person to the other.
///
/// @param terminal whether results go to a terminal, which may have colours
public record Output(PrintStream out, PrintStream err, boolean terminal) {
    /// That of the process.
    static Output ofProcess() {
        var console = System.console();
        return new Output(System.out, System.err, console != null && console.isTerminal());
    }

    /// Writes text in the stream's own charset.
    void text(String text) {
        out.print(text);
        out.flush();
    }

    /// Writes JSON, which is UTF-8 whatever the terminal's charset.
    void json(String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        out.write(bytes, 0, bytes.length);
        out.flush();
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
