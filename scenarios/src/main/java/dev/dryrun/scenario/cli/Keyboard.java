// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.cli;

import dev.dryrun.scenario.start.Conversation;
import java.io.BufferedReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A person at a terminal: questions go where notes go, answers come from lines that are typed.
final class Keyboard implements Conversation {
    private final BufferedReader lines;
    private final Output output;

    Keyboard(BufferedReader lines, Output output) {
        this.lines = lines;
        this.output = output;
    }

    @Override
    public @Nullable String ask(String question) {
        output.prompt(question);
        try {
            return lines.readLine();
        } catch (IOException gone) {
            return null;
        }
    }

    @Override
    public void tell(String line) {
        output.note(line);
    }
}
