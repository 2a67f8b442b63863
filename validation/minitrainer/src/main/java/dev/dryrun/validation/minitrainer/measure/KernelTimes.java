// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.measure;

import dev.dryrun.validation.train.KernelTime;
import dev.dryrun.validation.train.TrainedSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Times by kernel, shape and pass, added up; silent until it is told to count.
///
/// On a machine that does other things too, most steps are delayed by them. So the fifth of the steps that took the
/// least time is looked at by itself, and of the quickest step what ran when is kept.
public final class KernelTimes {
    private static final int QUIET_OF = 5;

    private record Key(String name, String shape, KernelTime.Pass pass) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byName = name.compareTo(other.name);
            int byShape = byName != 0 ? byName : shape.compareTo(other.shape);
            return byShape != 0 ? byShape : pass.compareTo(other.pass);
        }
    }

    private static final class Sum {
        private long calls;
        private long nanos;
        private long leastNanos = Long.MAX_VALUE;

        private void add(Sum other) {
            calls += other.calls;
            nanos += other.nanos;
            leastNanos = Math.min(leastNanos, other.leastNanos);
        }
    }

    private record Ran(Key key, long endNanos, long nanos) {}

    private record CountedStep(double seconds, SortedMap<Key, Sum> sums) {}

    private final List<CountedStep> steps = new ArrayList<>();
    private final List<TrainedSpan> spans = new ArrayList<>();
    private final List<Ran> running = new ArrayList<>();
    private final Clock clock;
    private SortedMap<Key, Sum> sums = new TreeMap<>();
    private double quickestSeconds = Double.POSITIVE_INFINITY;
    private boolean counting;

    public KernelTimes(Clock clock) {
        this.clock = clock;
    }

    /// From now on what runs is counted.
    public void count() {
        counting = true;
    }

    /// Begins to measure and returns what [#end] wants back.
    public Clock.Mark begin() {
        return counting ? clock.mark() : Clock.NONE;
    }

    /// Ends the measurement of what has run since its beginning.
    ///
    /// @param shape lengths of the sides that tell calls of one name apart
    public void end(Clock.Mark begin, String name, long[] shape, KernelTime.Pass pass) {
        if (counting && !begin.equals(Clock.NONE)) {
            var key = new Key(name, shapeText(shape), pass);
            clock.end(begin, nanos -> add(key, nanos));
        }
    }

    /// Ends a step: waits until what was measured is known.
    ///
    /// @param beginNanos when it began, by the system's clock
    public void endStep(long beginNanos, double seconds) {
        clock.settle();
        if (!counting) {
            return;
        }
        steps.add(new CountedStep(seconds, sums));
        sums = new TreeMap<>();
        if (seconds < quickestSeconds) {
            quickestSeconds = seconds;
            spans.clear();
            for (Ran ran : running) {
                double end = (ran.endNanos() - beginNanos) * 1e-9;
                spans.add(new TrainedSpan(0, ran.key().name(), ran.key().pass(), end - ran.nanos() * 1e-9, end));
            }
        }
        running.clear();
    }

    private void add(Key key, long nanos) {
        Sum sum = sums.computeIfAbsent(key, any -> new Sum());
        sum.calls++;
        sum.nanos += nanos;
        sum.leastNanos = Math.min(sum.leastNanos, nanos);
        running.add(new Ran(key, System.nanoTime(), nanos));
    }

    private static String shapeText(long[] shape) {
        var text = new StringBuilder();
        for (long side : shape) {
            text.append(text.isEmpty() ? "" : "x").append(side);
        }
        return text.toString();
    }

    /// Everything that was counted, by name.
    public List<KernelTime> all(int rank) {
        SortedMap<Key, Sum> total = sum(steps);
        SortedMap<Key, Sum> quiet = sum(steps.stream()
                .sorted(Comparator.comparingDouble(CountedStep::seconds))
                .limit(Math.ceilDiv(steps.size(), QUIET_OF))
                .toList());
        List<KernelTime> all = new ArrayList<>();
        total.forEach((key, sum) -> {
            Sum calm = quiet.getOrDefault(key, sum);
            all.add(new KernelTime(
                    rank,
                    key.name(),
                    key.shape(),
                    key.pass(),
                    sum.calls,
                    sum.nanos * 1e-9,
                    sum.leastNanos * 1e-9,
                    calm.nanos * 1e-9 / calm.calls));
        });
        return all;
    }

    private static SortedMap<Key, Sum> sum(List<CountedStep> steps) {
        SortedMap<Key, Sum> total = new TreeMap<>();
        for (CountedStep step : steps) {
            step.sums()
                    .forEach((key, sum) ->
                            total.computeIfAbsent(key, any -> new Sum()).add(sum));
        }
        return total;
    }

    /// What ran when in the quickest step; on a GPU as late as the host got to know of it.
    public List<TrainedSpan> spansOfQuickestStep(int rank) {
        return spans.stream()
                .map(span -> new TrainedSpan(rank, span.name(), span.pass(), span.startSeconds(), span.endSeconds()))
                .toList();
    }
}
