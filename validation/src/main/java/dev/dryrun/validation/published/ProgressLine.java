// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published;

import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/// A line on a terminal that counts rows, shown once the work has taken two seconds.
final class ProgressLine {
    private static final long QUIET_NANOS = 2_000_000_000L;

    private final PrintStream out;
    private final boolean visible;
    private final int total;
    private final long startNanos = System.nanoTime();
    private final AtomicInteger done = new AtomicInteger();

    ProgressLine(PrintStream out, int total, boolean quiet) {
        this.out = out;
        this.total = total;
        this.visible = !quiet
                && Optional.ofNullable(System.console())
                        .map(Console::isTerminal)
                        .orElse(false);
    }

    void step() {
        int count = done.incrementAndGet();
        if (visible && System.nanoTime() - startNanos > QUIET_NANOS) {
            out.print("\r" + count + " of " + total + " rows");
        }
    }

    void end() {
        if (visible) {
            out.print("\r" + " ".repeat(40) + "\r");
        }
    }
}
