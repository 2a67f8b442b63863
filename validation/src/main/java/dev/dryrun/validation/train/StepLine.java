// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.train;

import java.io.PrintStream;
import java.util.Locale;

/// Tells how a training goes: a line each second or so, and for the first and the last step.
final class StepLine {
    private static final long SECOND_NANOS = 1_000_000_000;

    private final PrintStream err;
    private final TrainingOrder order;
    private final double tokensPerStep;
    private final boolean quiet;
    private long saidNanos;

    StepLine(PrintStream err, TrainingOrder order, double tokensPerStep, boolean quiet) {
        this.err = err;
        this.order = order;
        this.tokensPerStep = tokensPerStep;
        this.quiet = quiet;
    }

    void step(TrainedStep step) {
        long now = System.nanoTime();
        boolean end = step.number() == 0 || step.number() == order.steps() - 1;
        boolean soon = now - saidNanos < SECOND_NANOS;
        if (quiet || (soon && !end)) {
            return;
        }
        saidNanos = now;
        err.println(String.format(
                Locale.ROOT,
                "step %d of %d: loss %.4f, %,.0f tokens/s",
                step.number() + 1,
                order.steps(),
                step.loss(),
                tokensPerStep / step.seconds()));
    }
}
