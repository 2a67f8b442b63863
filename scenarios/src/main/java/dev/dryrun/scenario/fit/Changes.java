// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.fit;

import dev.dryrun.strategy.job.Sharding;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.recompute.Recompute;
import dev.dryrun.strategy.recompute.RecomputeChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/// The changes that are tried: a list for each thing that can be changed, in which each change saves more than the one
/// before. The first that fits is the one to take, as every further one costs more time.
final class Changes {
    /// By how much a group may grow.
    private static final int[] TIMES = {2, 4, 8, 16, 32, 64};

    private final TrainingJob job;
    private final Variant now;

    Changes(TrainingJob job) {
        this.job = job;
        now = Variant.of(job);
    }

    /// Changes that take as many GPUs as now.
    List<List<Change>> ofSameGpus() {
        return notEmpty(List.of(
                recompute(),
                sharding(),
                sequence(),
                microBatch(),
                schedule(),
                grown(times -> v -> withTensor(v, times, v.data() / times), now.data()),
                grown(times -> v -> v.withStages(v.stages() * times, v.data() / times), now.data())));
    }

    /// Changes that take more.
    List<List<Change>> ofMoreGpus() {
        int any = 0;
        return List.of(
                grown(times -> v -> v.withStages(v.stages() * times, v.data()).grown(times), any),
                grown(times -> v -> withTensor(v, times, v.data()).grown(times), any),
                grown(times -> v -> v.withStages(v.stages(), v.data() * times).grown(times), any));
    }

    /// @param divisible what the growth has to divide
    private static List<Change> grown(IntFunction<Change> change, int divisible) {
        List<Change> all = new ArrayList<>();
        for (int times : TIMES) {
            if (divisible % times == 0) {
                all.add(change.apply(times));
            }
        }
        return all;
    }

    /// A tensor group that was none splits the sequence as well where that divides.
    private Variant withTensor(Variant variant, int times, int data) {
        int ranks = variant.tensor() * times;
        boolean divides = job.training().sequenceLength() % ranks == 0;
        boolean splits = variant.sequenceParallel() || (variant.tensor() == 1 && divides);
        return variant.withTensor(ranks, data, splits);
    }

    private List<Change> recompute() {
        List<Change> all = new ArrayList<>();
        for (Recompute level : Recompute.values()) {
            Recompute kind = now.recompute().kind();
            boolean more = level.compareTo(kind) > 0 || (level == kind && dropsLess(now.recompute()));
            if (more) {
                all.add(v -> v.with(RecomputeChoice.ofAll(level)));
            }
        }
        return all;
    }

    /// Whether some layers are kept whole that could be dropped as others are.
    private static boolean dropsLess(RecomputeChoice choice) {
        return choice.kind() != Recompute.NONE && choice.method() != RecomputeChoice.Method.UNIFORM;
    }

    private List<Change> sharding() {
        List<Change> all = new ArrayList<>();
        if (now.sharding().sharesParameters() && !now.reshards()) {
            all.add(v -> v.with(v.sharding(), true));
        }
        for (Sharding what : Sharding.values()) {
            if (what.compareTo(now.sharding()) > 0) {
                all.add(v -> v.with(what, true));
            }
        }
        return all;
    }

    private List<Change> sequence() {
        return now.sequenceParallel() ? List.of() : List.of(v -> v.withTensor(v.tensor(), v.data(), true));
    }

    private List<Change> microBatch() {
        List<Change> all = new ArrayList<>();
        for (long smaller = now.microBatch() / 2; smaller >= 1; smaller /= 2) {
            long sequences = smaller;
            all.add(v -> v.withMicroBatch(sequences));
        }
        return all;
    }

    /// Orders with fewer micro-batches in flight.
    private List<Change> schedule() {
        List<Change> all = new ArrayList<>();
        if (now.chunks() > 1 && !now.schedule().equals("interleaved-1f1b")) {
            all.add(v -> v.withSchedule("interleaved-1f1b", v.chunks()));
        }
        if (!now.schedule().equals("1f1b")) {
            all.add(v -> v.withSchedule("1f1b", 1));
        }
        if (!now.schedule().equals("zb-v") && now.stages() > 1) {
            all.add(v -> v.withSchedule("zb-v", 2));
        }
        return all;
    }

    private static List<List<Change>> notEmpty(List<List<Change>> kinds) {
        return kinds.stream().filter(kind -> !kind.isEmpty()).toList();
    }
}
