// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.Arrays;

/// How a stretch of a program changes a rank's memory: what it leaves behind, and how far it rises in between.
///
/// Bytes go by category, which whoever writes programs numbers from 0; trailing categories without bytes are left out.
///
/// @param netByCategory bytes at the end less those at entry; negative where it frees
/// @param peakByCategory bytes, relative to entry, at the instant of the highest total
/// @param part of the stretch in which that instant lies; empty where it has no parts
public record MemoryDelta(long[] netByCategory, long[] peakByCategory, String part) {
    public static final MemoryDelta NONE = new MemoryDelta(new long[0], new long[0], "");

    public MemoryDelta {
        netByCategory = trimmed(netByCategory);
        peakByCategory = trimmed(peakByCategory);
    }

    /// Allocates (or, if negative, frees) bytes that stay.
    public static MemoryDelta keep(int category, long bytes) {
        return new MemoryDelta(single(category, bytes), single(category, Math.max(bytes, 0)), "");
    }

    /// Uses memory that is free again at the end.
    public static MemoryDelta scratch(int category, long bytes) {
        return new MemoryDelta(new long[0], single(category, bytes), "");
    }

    /// The same with so much more in use at the instant of the highest total, and free again afterwards.
    public MemoryDelta plusScratch(int category, long bytes) {
        return new MemoryDelta(netByCategory, sum(peakByCategory, single(category, bytes)), part);
    }

    /// The same as a part of a larger stretch.
    public MemoryDelta in(String named) {
        return new MemoryDelta(netByCategory, peakByCategory, named);
    }

    /// Bytes at the end less those at entry.
    public long netBytes() {
        return total(netByCategory);
    }

    /// Highest total above the entry.
    public long peakBytes() {
        return total(peakByCategory);
    }

    /// This stretch followed by another: (n1 + n2, max(p1, n1 + p2)); of equal peaks the first.
    public MemoryDelta then(MemoryDelta next) {
        if (next.isNone()) {
            return this;
        }
        long[] net = sum(netByCategory, next.netByCategory);
        return netBytes() + next.peakBytes() > peakBytes()
                ? new MemoryDelta(net, sum(netByCategory, next.peakByCategory), next.part)
                : new MemoryDelta(net, peakByCategory, part);
    }

    private boolean isNone() {
        return netByCategory.length == 0 && peakByCategory.length == 0;
    }

    static long[] sum(long[] a, long[] b) {
        long[] total = Arrays.copyOf(a, Math.max(a.length, b.length));
        for (int i = 0; i < b.length; i++) {
            total[i] += b[i];
        }
        return total;
    }

    static long total(long[] bytes) {
        long total = 0;
        for (long some : bytes) {
            total += some;
        }
        return total;
    }

    private static long[] single(int category, long bytes) {
        long[] all = new long[category + 1];
        all[category] = bytes;
        return all;
    }

    private static long[] trimmed(long[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MemoryDelta that
                && part.equals(that.part)
                && Arrays.equals(netByCategory, that.netByCategory)
                && Arrays.equals(peakByCategory, that.peakByCategory);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(netByCategory) + Arrays.hashCode(peakByCategory)) + part.hashCode();
    }

    @Override
    public String toString() {
        return "net " + Arrays.toString(netByCategory) + ", peak " + Arrays.toString(peakByCategory)
                + (part.isEmpty() ? "" : " in " + part);
    }
}
