// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The part of a strategy that somebody has decided already.
public record GivenStrategy(
        OptionalInt tensor, OptionalInt stages, OptionalLong microBatch, Optional<Recompute> recompute) {
    /// Nothing is decided.
    public static final GivenStrategy NOTHING =
            new GivenStrategy(OptionalInt.empty(), OptionalInt.empty(), OptionalLong.empty(), Optional.empty());

    /// What the answers say of a strategy that was read from them.
    static GivenStrategy of(Answers answers, ParallelStrategy read) {
        return new GivenStrategy(
                answers.has(Field.TENSOR) ? OptionalInt.of(read.tensor()) : OptionalInt.empty(),
                answers.has(Field.STAGES) ? OptionalInt.of(read.stages()) : OptionalInt.empty(),
                answers.has(Field.MICRO_BATCH) ? OptionalLong.of(read.microBatch()) : OptionalLong.empty(),
                answers.has(Field.RECOMPUTE) ? Optional.of(read.recompute().kind()) : Optional.empty());
    }
}
