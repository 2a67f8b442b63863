// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

/// A communication that a program asks for: all members of a group meet, then one activity runs for all of them.
///
/// @param slot which of the rank's groups meets
/// @param transfer number of the transfer, which with the group gives the activity; equal on all members
/// @param category what the time counts as while the activity runs
/// @param waitCategory what the time counts as while members are missing
/// @param hostNanos host time to issue it
/// @param slowdown share of its speed that the member's kernels lose while the activity runs, 0 to below 1
public record Call(int slot, int transfer, int category, int waitCategory, long hostNanos, double slowdown) {
    public Call {
        if (!(slowdown >= 0 && slowdown < 1)) {
            throw new IllegalArgumentException("slowdown is " + slowdown + "; it lies between 0 and below 1");
        }
        if (hostNanos < 0) {
            throw new IllegalArgumentException("hostNanos is " + hostNanos + "; it must not be negative");
        }
    }
}
