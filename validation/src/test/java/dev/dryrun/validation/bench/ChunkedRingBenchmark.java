// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.bench;

import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.flow.FlowRun;
import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.Phase;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// A ring all-reduce over 1,024 ranks, every one of its 2.1 million sends a flow over an out and an in link.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ChunkedRingBenchmark {
    private static final int RANKS = 1024;
    private static final int STEPS = 2 * (RANKS - 1);

    private final double[] capacityPerSecond = new double[2 * RANKS];
    private final FlowPlan ring = new Ring();

    @Benchmark
    public long simulate() {
        Arrays.fill(capacityPerSecond, 25e9);
        return FlowRun.endNanos(ring, capacityPerSecond);
    }

    private static final class Ring implements FlowPlan {
        private final Phase[] hops = new Phase[RANKS];

        Ring() {
            for (int rank = 0; rank < RANKS; rank++) {
                int[] links = {2 * rank, 2 * ((rank + 1) % RANKS) + 1};
                hops[rank] = Phase.transfer(1000, 1 << 20, new Footprint(links, new double[] {1, 1}));
            }
        }

        @Override
        public int flows() {
            return STEPS * RANKS;
        }

        @Override
        public Phase phase(int flow) {
            return hops[flow % RANKS];
        }

        @Override
        public int predecessors(int flow) {
            return flow < RANKS ? 0 : 2;
        }

        @Override
        public int successors(int flow) {
            return flow / RANKS == STEPS - 1 ? 0 : 2;
        }

        @Override
        public int successor(int flow, int position) {
            int later = flow + RANKS;
            return position == 0 ? later : later - later % RANKS + (later + 1) % RANKS;
        }
    }
}
