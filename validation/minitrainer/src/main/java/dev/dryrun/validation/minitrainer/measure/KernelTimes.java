// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.measure;

import dev.dryrun.validation.train.KernelTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Times by kernel, shape and pass, added up; silent until it is told to count.
public final class KernelTimes {
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
    }

    private final SortedMap<Key, Sum> sums = new TreeMap<>();
    private final Clock clock;
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
            String text = shapeText(shape);
            clock.end(begin, nanos -> add(new Key(name, text, pass), nanos));
        }
    }

    /// Waits until what was measured is known; at the end of a step.
    public void settle() {
        clock.settle();
    }

    private void add(Key key, long nanos) {
        Sum sum = sums.computeIfAbsent(key, any -> new Sum());
        sum.calls++;
        sum.nanos += nanos;
        sum.leastNanos = Math.min(sum.leastNanos, nanos);
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
        List<KernelTime> all = new ArrayList<>();
        sums.forEach((key, sum) -> all.add(new KernelTime(
                rank, key.name(), key.shape(), key.pass(), sum.calls, sum.nanos * 1e-9, sum.leastNanos * 1e-9)));
        return all;
    }
}
