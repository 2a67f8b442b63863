// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.measure;

import java.util.function.LongConsumer;

/// A clock of what a device does.
public interface Clock {
    /// No instant.
    Mark NONE = new Mark() {};

    /// An instant of the device's time.
    interface Mark {}

    /// Now, in the order of what the device was given.
    Mark mark();

    /// Tells the nanoseconds from a mark to now, at once or when the device has got so far.
    void end(Mark begin, LongConsumer nanos);

    /// Waits until everything is told.
    void settle();

    /// The clock of the CPU, whose kernels have ended when their call returns.
    static Clock ofCpu() {
        return new Clock() {
            record Instant(long nanos) implements Mark {}

            @Override
            public Mark mark() {
                return new Instant(System.nanoTime());
            }

            @Override
            public void end(Mark begin, LongConsumer nanos) {
                if (begin instanceof Instant(long then)) {
                    nanos.accept(System.nanoTime() - then);
                }
            }

            @Override
            public void settle() {
                // told already
            }
        };
    }
}
