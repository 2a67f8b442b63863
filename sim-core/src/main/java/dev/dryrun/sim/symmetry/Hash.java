// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.symmetry;

/// The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014), used to spread the bits of colours.
final class Hash {
    private Hash() {}

    static long mix(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
