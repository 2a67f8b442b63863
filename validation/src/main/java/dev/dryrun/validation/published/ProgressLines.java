// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import dev.dryrun.validation.published.measure.Scoring.Progress;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/// One line of progress after the other, for work in several parts.
public final class ProgressLines {
    private final PrintStream out;
    private final boolean quiet;
    private @Nullable ProgressLine line;

    public ProgressLines(PrintStream out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    /// Begins a part of so many steps.
    public Progress next(int steps) {
        end();
        var begun = new ProgressLine(out, steps, quiet);
        line = begun;
        return begun::step;
    }

    public void end() {
        if (line != null) {
            line.end();
            line = null;
        }
    }
}
