// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

/// How a stretch of a program changes a rank's memory: what it leaves behind, and how far it rises in between.
///
/// @param netBytes kept bytes at the end less those at entry; negative where it frees
/// @param peakKeptBytes kept bytes, relative to entry, at the instant of the highest total
/// @param peakWorkspaceBytes bytes of scratch on top of them at that instant
public record MemoryDelta(long netBytes, long peakKeptBytes, long peakWorkspaceBytes) {
    public static final MemoryDelta NONE = new MemoryDelta(0, 0, 0);

    /// Allocates (or, if negative, frees) bytes that stay.
    public static MemoryDelta keep(long bytes) {
        return new MemoryDelta(bytes, Math.max(bytes, 0), 0);
    }

    /// Uses scratch memory that is free again at the end.
    public static MemoryDelta workspace(long bytes) {
        return new MemoryDelta(0, 0, bytes);
    }

    /// Highest total above the entry.
    public long peakBytes() {
        return peakKeptBytes + peakWorkspaceBytes;
    }

    /// This stretch followed by another: (n1 + n2, max(p1, n1 + p2)).
    public MemoryDelta then(MemoryDelta next) {
        long nextPeak = netBytes + next.peakBytes();
        return nextPeak > peakBytes()
                ? new MemoryDelta(netBytes + next.netBytes, netBytes + next.peakKeptBytes, next.peakWorkspaceBytes)
                : new MemoryDelta(netBytes + next.netBytes, peakKeptBytes, peakWorkspaceBytes);
    }
}
