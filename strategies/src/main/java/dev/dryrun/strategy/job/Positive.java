// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.job;

/// Check of counts that must be at least one.
final class Positive {
    private Positive() {}

    static void require(String name, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
        }
    }
}
