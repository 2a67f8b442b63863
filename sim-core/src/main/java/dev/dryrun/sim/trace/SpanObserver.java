// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.trace;

/// Sees what a step's execution does, and changes nothing.
public interface SpanObserver {
    /// An instruction has run.
    ///
    /// @param member member of the plan
    /// @param instruction number of the instruction in the member's program
    /// @param readyNanos when it began to wait for the other members of its group; equal to the start for a block
    /// @param startNanos when it began
    /// @param endNanos when it was done
    void ran(int member, int instruction, long readyNanos, long startNanos, long endNanos);
}
