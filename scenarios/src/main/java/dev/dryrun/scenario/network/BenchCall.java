// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.network;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.CollectivePlan;
import dev.dryrun.hardware.collective.Collectives;
import dev.dryrun.hardware.collective.ExchangeShares;
import dev.dryrun.hardware.collective.Grain;

/// What a benchmark calls again and again.
///
/// @param gpus of the group, in the order of ranks
/// @param skew of an all-to-all: the bytes of the first receiver over the mean; 1 where it is even
/// @param grain in which the choice, which is that of whole plans, is played
public record BenchCall(CollectiveKind kind, int[] gpus, double skew, Grain grain) {
    public BenchCall {
        if (skew != 1 && kind != CollectiveKind.ALL_TO_ALL) {
            throw new IllegalArgumentException("only an all-to-all can be skewed");
        }
        if (!(skew >= 0) || skew > gpus.length) {
            throw new IllegalArgumentException(
                    "--skew is " + skew + "; it must be from 0 to the " + gpus.length + " ranks of the group");
        }
        if (skew != 1 && grain == Grain.CHUNKED) {
            throw new IllegalArgumentException("a skewed all-to-all is played as a whole; leave --collectives out");
        }
        gpus = gpus.clone();
    }

    public BenchCall(CollectiveKind kind, int[] gpus) {
        this(kind, gpus, 1, Grain.FLUID);
    }

    /// How the library does it.
    CollectivePlan plan(Collectives collectives, double bytes) {
        return skew == 1
                ? collectives.chosen(kind, bytes, gpus)
                : collectives.exchange(ExchangeShares.skewed(gpus.length, skew), gpus);
    }

    double seconds(Collectives collectives, double bytes) {
        return skew == 1
                ? collectives.aloneSeconds(grain, kind, bytes, gpus)
                : plan(collectives, bytes).seconds(bytes);
    }

    /// The same played as a whole.
    BenchCall asWhole() {
        return new BenchCall(kind, gpus, skew, Grain.FLUID);
    }
}
