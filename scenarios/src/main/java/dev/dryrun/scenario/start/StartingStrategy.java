// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.start;

import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.strategy.job.ParallelStrategy;
import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.RankGrid;
import dev.dryrun.strategy.pipeline.PipelineSchedule;
import dev.dryrun.strategy.pipeline.PipelineSchedules;
import dev.dryrun.strategy.recompute.Recompute;
import java.util.List;
import java.util.Optional;

/// A sensible first strategy, by rules that a person can follow. It is the start of a search, not its end.
///
/// 1. A replica takes as few GPUs as its memory allows, because every cut costs communication: a tensor group before
///    stages, for it stays within a node and has no bubble. Replicas fill the rest.
/// 2. Nothing is computed again where that fits, else the attention core alone. Full recomputation costs a third more
///    compute; a replica may grow to four times its least size to avoid it.
/// 3. With a tensor group the sequence is cut as well, where it divides; with replicas the optimizer's state is shared
///    out. Both save memory and add no traffic.
/// 4. A pipeline is interleaved with up to four chunks where layers and micro-batches divide and memory allows.
/// 5. The micro-batch doubles while that fits, and while a pipeline keeps eight micro-batches for each stage, which
///    bounds its bubble by an eighth.
public final class StartingStrategy {
    private static final int MOST_GROWTH = 4;
    private static final int MOST_CHUNKS = 4;
    private static final int MICRO_BATCHES_PER_STAGE = 8;
    /// Passes of all stages in a step beyond which a strategy is not even tried.
    private static final long MOST_PASSES = 4_000_000;

    /// What was chosen.
    ///
    /// @param memory of its stages; it fits
    public record Choice(ParallelStrategy strategy, MemoryUse memory) {}

    private final TrainingJob job;
    private final GivenStrategy given;
    private final MemoryCheck memory;

    /// @param job with any strategy
    /// @param given what is not to be chosen
    public StartingStrategy(TrainingJob job, GivenStrategy given) {
        this.job = job;
        this.given = given;
        memory = new MemoryCheck(job);
    }

    /// The choice; empty where nothing fits.
    public Optional<Choice> choose() {
        List<Split> splits = Split.of(job, given.tensor(), given.stages());
        return fitting(splits).map(this::grown);
    }

    /// What came closest where nothing fits.
    public Optional<MemoryCheck.Closest> closest() {
        return memory.closest();
    }

    private Optional<ParallelStrategy> fitting(List<Split> splits) {
        if (given.recompute().isPresent()) {
            return first(splits, List.of(given.recompute().get()), Integer.MAX_VALUE);
        }
        Optional<ParallelStrategy> least = first(splits, List.of(Recompute.FULL), Integer.MAX_VALUE);
        int most = least.map(strategy -> MOST_GROWTH * strategy.tensor() * strategy.stages())
                .orElse(0);
        return first(splits, List.of(Recompute.NONE, Recompute.SELECTIVE), most).or(() -> least);
    }

    private Optional<ParallelStrategy> first(List<Split> splits, List<Recompute> levels, int mostGpus) {
        for (Split split : splits) {
            for (Recompute level : levels) {
                ParallelStrategy strategy = strategy(split, level);
                if (split.size() <= mostGpus && runs(strategy) && memory.fits(strategy)) {
                    return Optional.of(strategy);
                }
            }
        }
        return Optional.empty();
    }

    private ParallelStrategy strategy(Split split, Recompute recompute) {
        boolean cutsSequence = split.tensor() > 1 && job.training().sequenceLength() % split.tensor() == 0;
        return new ParallelStrategy(
                RankGrid.of(split.tensor(), split.stages(), split.data()),
                cutsSequence,
                "1f1b",
                1,
                split.embeddingSlots(),
                split.data() > 1 ? Sharding.OPTIMIZER : Sharding.NONE,
                given.microBatch().orElse(1),
                recompute);
    }

    /// Rules 4 and 5.
    private Choice grown(ParallelStrategy start) {
        ParallelStrategy best = start;
        int layers = job.model().layers() + (start.embeddingSlots() ? 2 : 0);
        for (int chunks = MOST_CHUNKS; chunks > 1 && best.chunks() == 1; chunks--) {
            ParallelStrategy interleaved = start.withSchedule("interleaved-1f1b", chunks);
            if (start.stages() > 1
                    && layers % (start.stages() * chunks) == 0
                    && runs(interleaved)
                    && memory.fits(interleaved)) {
                best = interleaved;
            }
        }
        while (given.microBatch().isEmpty()) {
            ParallelStrategy larger = best.withMicroBatch(2 * best.microBatch());
            if (!runs(larger) || !keepsBubbleSmall(larger) || !memory.fits(larger)) {
                break;
            }
            best = larger;
        }
        return new Choice(best, memory.of(best));
    }

    private boolean keepsBubbleSmall(ParallelStrategy strategy) {
        long microBatches = strategy.microBatches(job.training().globalBatch());
        return strategy.stages() == 1 || microBatches >= (long) MICRO_BATCHES_PER_STAGE * strategy.stages();
    }

    private boolean runs(ParallelStrategy strategy) {
        long batch = job.training().globalBatch();
        long together = strategy.data() * strategy.microBatch();
        PipelineSchedule schedule = PipelineSchedules.byName(strategy.schedule());
        return batch % together == 0
                && 2 * (batch / together) * strategy.stages() * strategy.chunks() <= MOST_PASSES
                && schedule != null
                && schedule.problemWith(strategy.stages(), strategy.chunks(), (int) (batch / together)) == null;
    }
}
