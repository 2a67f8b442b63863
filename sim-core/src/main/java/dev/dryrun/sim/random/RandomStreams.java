// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.random;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Independent random streams, each fixed by its key alone: never by what else was created or drawn.
///
/// A new component thus leaves every other stream as it was, and two strategies meet the same failures.
///
/// @param seed chosen by the user and stated in the result
/// @param replication number of the run among those with the same seed
public record RandomStreams(long seed, int replication) {
    /// The stream of a purpose (`gpu-failure`) and an index within it (a rank).
    public RandomGenerator stream(String name, long index) {
        long key = mix64(mix64(seed) + replication);
        for (int i = 0; i < name.length(); i++) {
            key = mix64(key + name.charAt(i));
        }
        return RandomGeneratorFactory.of("L64X128MixRandom").create(mix64(key + index));
    }

    /// A bijection of 64 bits that scatters neighbours: one step of SplitMix64.
    ///
    /// Source: Steele, Lea and Flood, Fast splittable pseudorandom number generators, OOPSLA 2014,
    /// doi:10.1145/2660193.2660195, with the constants of Stafford's variant 13.
    public static long mix64(long value) {
        long z = value + 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
