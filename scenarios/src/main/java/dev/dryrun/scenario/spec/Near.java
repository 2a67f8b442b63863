// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.spec;

import java.util.function.LongPredicate;

/// The numbers next to a wrong one that would be right.
final class Near {
    private static final int FARTHEST = 100_000;

    private Near() {}

    /// The nearest right number below and the nearest above, as "4 or 8"; empty where there is none within the bounds.
    static String of(long value, long min, long max, LongPredicate right) {
        String below = "";
        for (long n = Math.min(value, max + 1) - 1; n >= min && value - n < FARTHEST; n--) {
            if (right.test(n)) {
                below = Long.toString(n);
                break;
            }
        }
        for (long n = value + 1; n <= max && n - value < FARTHEST; n++) {
            if (right.test(n)) {
                return below.isEmpty() ? Long.toString(n) : below + " or " + n;
            }
        }
        return below;
    }

    /// The multiples of a number next to a value.
    static String multiples(long value, long of) {
        long below = value / of * of;
        return below == 0 ? Long.toString(of) : below + " or " + (below + of);
    }
}
