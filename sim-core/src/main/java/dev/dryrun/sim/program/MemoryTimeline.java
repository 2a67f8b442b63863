// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

/// How a rank's memory rises and falls along its program.
///
/// An allocator of a GPU framework allocates and frees when the host issues, in the program's order, and hands a freed
/// block to a later kernel of the same stream at once. So the memory is a matter of the order of instructions, and time
/// does not enter.
///
/// @param peakKeptBytes bytes that stay for later, at the instant of the highest total
/// @param peakWorkspaceBytes scratch on top of them at that instant
/// @param peakInstruction instruction at which the highest total occurs, or `Program.NONE` for an empty program
/// @param endBytes bytes left when the program ends
public record MemoryTimeline(long peakKeptBytes, long peakWorkspaceBytes, int peakInstruction, long endBytes) {
    /// Adds up a program's changes of memory.
    public static MemoryTimeline of(Program program, StepTables tables) {
        long now = 0;
        long kept = 0;
        long workspace = 0;
        int at = Program.NONE;
        for (int i = 0; i < program.size(); i++) {
            if (program.opcode(i) != Program.BLOCK) {
                continue;
            }
            MemoryDelta delta = tables.block(program.operand(i)).memory();
            if (at == Program.NONE || now + delta.peakBytes() > kept + workspace) {
                kept = now + delta.peakKeptBytes();
                workspace = delta.peakWorkspaceBytes();
                at = i;
            }
            now += delta.netBytes();
        }
        return new MemoryTimeline(kept, workspace, at, now);
    }

    /// Highest total.
    public long peakBytes() {
        return peakKeptBytes + peakWorkspaceBytes;
    }
}
