// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.Arrays;

/// The summary of instructions of one stream that wait for nothing in between: a kernel, or many of them.
///
/// The host issues the instructions one after the other and the device runs them in order, each not before it was
/// issued. With host times `H_k` and device times `G_k`, started with the host at `h` and the device free at `d`:
///
///     end = max(d + G(1..n), h + X),    X = max_k (H(1..k) + G(k..n))
///
/// Two blocks compose in max-plus: `H = H1 + H2`, `G = G1 + G2`, `X = max(X1 + G2, H1 + X2)`. This is exact where
/// nothing slows the block down.
///
/// @param hostNanos host time to issue all of it, H
/// @param deviceNanos device time of all of it, G
/// @param pathNanos longest path from the host's start to the device's end, X
/// @param nanosByCategory device time by category; adds up to `deviceNanos`
/// @param hiddenNanosByCategory work done beside it that costs no time of its own, by category
/// @param slowableNanos part of the device time that slows down beside communication: kernels, but not collectives
/// folded in
/// @param memory change of memory
public record Block(
        long hostNanos,
        long deviceNanos,
        long pathNanos,
        long[] nanosByCategory,
        long[] hiddenNanosByCategory,
        long slowableNanos,
        MemoryDelta memory) {

    /// A block of no instructions.
    public static Block empty(int categories) {
        return new Block(0, 0, 0, new long[categories], new long[categories], 0, MemoryDelta.NONE);
    }

    /// A single instruction of one category.
    public static Block single(int categories, int category, long hostNanos, long deviceNanos, boolean slowable) {
        long[] nanos = new long[categories];
        nanos[category] = deviceNanos;
        return new Block(
                hostNanos,
                deviceNanos,
                hostNanos + deviceNanos,
                nanos,
                new long[categories],
                slowable ? deviceNanos : 0,
                MemoryDelta.NONE);
    }

    /// No instruction, only a change of memory.
    public static Block memory(int categories, MemoryDelta memory) {
        return new Block(0, 0, 0, new long[categories], new long[categories], 0, memory);
    }

    /// This block followed by another on the same stream.
    public Block then(Block next) {
        return new Block(
                hostNanos + next.hostNanos,
                deviceNanos + next.deviceNanos,
                Math.max(pathNanos + next.deviceNanos, hostNanos + next.pathNanos),
                sum(nanosByCategory, next.nanosByCategory),
                sum(hiddenNanosByCategory, next.hiddenNanosByCategory),
                slowableNanos + next.slowableNanos,
                memory.then(next.memory));
    }

    /// This block where the host has waited for all before it and waits for its end: the device takes X, and what of
    /// that is beyond its own work goes to a category.
    public Block awaited(int category) {
        long[] nanos = nanosByCategory.clone();
        nanos[category] += pathNanos - deviceNanos;
        return new Block(0, pathNanos, pathNanos, nanos, hiddenNanosByCategory, slowableNanos, memory);
    }

    private static long[] sum(long[] a, long[] b) {
        long[] total = new long[a.length];
        for (int i = 0; i < total.length; i++) {
            total[i] = a[i] + b[i];
        }
        return total;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Block that
                && hostNanos == that.hostNanos
                && deviceNanos == that.deviceNanos
                && pathNanos == that.pathNanos
                && slowableNanos == that.slowableNanos
                && memory.equals(that.memory)
                && Arrays.equals(nanosByCategory, that.nanosByCategory)
                && Arrays.equals(hiddenNanosByCategory, that.hiddenNanosByCategory);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(new long[] {
            hostNanos,
            deviceNanos,
            pathNanos,
            slowableNanos,
            memory.hashCode(),
            Arrays.hashCode(nanosByCategory),
            Arrays.hashCode(hiddenNanosByCategory)
        });
    }
}
