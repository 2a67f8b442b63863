// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

/// How a rank's memory rises and falls along its program.
///
/// An allocator of a GPU framework allocates and frees when the host issues, in the program's order, and hands a freed
/// block to a later kernel of the same stream at once. So the memory is a matter of the order of instructions, and time
/// does not enter.
///
/// @param peakByCategory bytes above those at the start, at the instant of the highest total
/// @param peakInstruction instruction in which that instant lies, or `Program.NONE` for an empty program
/// @param peakPart part of the instruction in which it lies; empty where it has no parts
/// @param endByCategory bytes left when the program ends
public record MemoryTimeline(long[] peakByCategory, int peakInstruction, String peakPart, long[] endByCategory) {
    /// Adds up a program's changes of memory.
    public static MemoryTimeline of(Program program, StepTables tables) {
        long[] now = new long[0];
        long[] peak = new long[0];
        long highest = 0;
        int at = Program.NONE;
        String part = "";
        for (int i = 0; i < program.size(); i++) {
            if (program.opcode(i) != Program.BLOCK) {
                continue;
            }
            MemoryDelta delta = tables.block(program.operand(i)).memory();
            long here = MemoryDelta.total(now) + delta.peakBytes();
            if (at == Program.NONE || here > highest) {
                highest = here;
                peak = MemoryDelta.sum(now, delta.peakByCategory());
                part = delta.part();
                at = i;
            }
            if (delta.netByCategory().length > 0) {
                now = MemoryDelta.sum(now, delta.netByCategory());
            }
        }
        return new MemoryTimeline(peak, at, part, now);
    }

    /// Highest total.
    public long peakBytes() {
        return MemoryDelta.total(peakByCategory);
    }

    /// Bytes of a category at the instant of the highest total.
    public long peakBytes(int category) {
        return category < peakByCategory.length ? peakByCategory[category] : 0;
    }
}
