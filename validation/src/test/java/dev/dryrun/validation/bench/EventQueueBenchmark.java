// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.bench;

import dev.dryrun.sim.engine.EventQueue;
import dev.dryrun.sim.random.RandomStreams;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The hold model: the earliest event leaves and another arrives, so that the number of pending ones stays.
///
/// The time from an event to the one it causes is exponential with a mean of 1 ms.
/// Source: Jones, An empirical comparison of priority-queue and event-set implementations, CACM 29(4), 1986,
/// doi:10.1145/5684.5686.
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class EventQueueBenchmark {
    private static final int DELAYS = 1 << 16;
    private static final double MEAN_NANOS = 1e6;

    @Param({"100", "100000"})
    private int pending;

    private final EventQueue queue = new EventQueue();
    private final long[] delaysNanos = new long[DELAYS];
    private int next;

    @Setup
    public void fill() {
        RandomGenerator random = new RandomStreams(1, 0).stream("hold", 0);
        for (int i = 0; i < DELAYS; i++) {
            delaysNanos[i] = Math.round(random.nextExponential() * MEAN_NANOS);
        }
        for (int event = 0; event < pending; event++) {
            queue.push(delaysNanos[event & (DELAYS - 1)], event);
        }
    }

    @Benchmark
    public int hold() {
        long now = queue.headTimeNanos();
        int event = queue.pop();
        queue.push(now + delaysNanos[next++ & (DELAYS - 1)], event);
        return event;
    }
}
