// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.architecture;

import java.time.Clock;
import java.util.Random;

/// A class that does what no model may do: it reads the clock and draws from a stream without a name.
final class Offender {
    private Offender() {}

    static long clock() {
        return Clock.systemUTC().millis() + System.nanoTime();
    }

    static double luck() {
        return Math.random() + new Random().nextDouble();
    }
}
