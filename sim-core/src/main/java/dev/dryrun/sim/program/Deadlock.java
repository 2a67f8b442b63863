// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.List;

/// A step that never ends, because members wait for each other.
///
/// @param atNanos last instant at which anything happened
/// @param waits what is waiting, one for each stream that is not done
public record Deadlock(long atNanos, List<Wait> waits) {
    public Deadlock {
        waits = List.copyOf(waits);
    }

    /// A stream that waits.
    ///
    /// @param rank rank of the waiting member
    /// @param stream number of the stream
    /// @param instruction number of the instruction at its head
    /// @param name name of the instruction
    /// @param group group that is incomplete, or `Program.NONE` where the stream waits for another of its own rank
    /// @param missingRanks members of the group that have not arrived
    /// @param afterInstruction instruction waited for, or `Program.NONE`
    public record Wait(
            int rank,
            int stream,
            int instruction,
            String name,
            int group,
            List<Integer> missingRanks,
            int afterInstruction) {
        public Wait {
            missingRanks = List.copyOf(missingRanks);
        }

        @Override
        public String toString() {
            String what = group != Program.NONE
                    ? "waits in group " + group + " for rank" + (missingRanks.size() == 1 ? " " : "s ") + missingRanks
                    : "waits for its own instruction " + afterInstruction;
            return "rank " + rank + ", stream " + stream + ", instruction " + instruction + " (" + name + ") " + what;
        }
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("nothing can go on after " + atNanos + " ns:");
        for (Wait wait : waits) {
            text.append("\n  ").append(wait);
        }
        return text.toString();
    }
}
