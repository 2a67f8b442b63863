// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.fit;

import dev.dryrun.scenario.simulate.MemoryUse;
import dev.dryrun.strategy.job.TrainingJob;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Looks for changes of a job's strategy with which it fits, by simulating them.
///
/// One change is tried at a time, and of each kind the least that fits; two at once where that finds fewer than three;
/// and more GPUs where there are still fewer. The result is the quickest step first, those on more GPUs last.
public final class FitSearch {
    private static final int WANTED = 3;

    /// Hears of every variant that is compiled.
    @FunctionalInterface
    public interface Progress {
        void tried(int variants);
    }

    private final Changes changes;
    private final Trials trials;
    private final List<MemoryUse.Remedy> found = new ArrayList<>();

    private FitSearch(TrainingJob job, Progress progress) {
        changes = new Changes(job);
        trials = new Trials(job, progress);
    }

    /// At most three changes with which the job fits.
    public static List<MemoryUse.Remedy> remedies(TrainingJob job, Progress progress) {
        return new FitSearch(job, progress).search();
    }

    private List<MemoryUse.Remedy> search() {
        List<List<Change>> same = changes.ofSameGpus();
        same.forEach(kind -> take(singly(kind)));
        takePairs(same, same);
        List<MemoryUse.Remedy> all = new ArrayList<>(quickest());
        found.clear();
        if (all.size() < WANTED) {
            List<List<Change>> more = changes.ofMoreGpus();
            more.forEach(kind -> take(singly(kind)));
            takePairs(same, more);
        }
        all.addAll(quickest());
        return all.subList(0, Math.min(WANTED, all.size()));
    }

    /// Until there are enough.
    private void takePairs(List<List<Change>> first, List<List<Change>> second) {
        for (int i = 0; i < first.size(); i++) {
            for (int j = first.equals(second) ? i + 1 : 0; j < second.size() && found.size() < WANTED; j++) {
                take(inPairs(first.get(i), second.get(j)));
            }
        }
    }

    private List<MemoryUse.Remedy> quickest() {
        return found.stream()
                .sorted(Comparator.comparingDouble(MemoryUse.Remedy::stepSeconds))
                .limit(WANTED)
                .toList();
    }

    private static List<List<Change>> singly(List<Change> kind) {
        return kind.stream().map(List::of).toList();
    }

    /// Pairs of two kinds, the lesser ones first.
    private static List<List<Change>> inPairs(List<Change> first, List<Change> second) {
        List<List<Change>> pairs = new ArrayList<>();
        for (int sum = 0; sum <= first.size() + second.size() - 2; sum++) {
            for (int i = Math.max(0, sum - second.size() + 1); i <= Math.min(sum, first.size() - 1); i++) {
                pairs.add(List.of(first.get(i), second.get(sum - i)));
            }
        }
        return pairs;
    }

    /// Takes the first that fits.
    private void take(List<List<Change>> candidates) {
        for (List<Change> candidate : candidates) {
            Optional<MemoryUse.Remedy> remedy = trials.of(candidate);
            if (remedy.isPresent()) {
                found.add(remedy.get());
                return;
            }
        }
    }
}
