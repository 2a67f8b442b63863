// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.bench;

import dev.dryrun.sim.engine.Engine;
import dev.dryrun.sim.random.RandomStreams;
import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.Phase;
import dev.dryrun.sim.sharing.SharedResources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

/// Four random permutations over a fat tree of 1,024 hosts, all transfers started at once and simulated to their ends.
///
/// A leaf has 16 hosts and one cable to each of 8 spines (2:1), a transfer takes the spine of its target's number. With
/// varied sizes each of about 4,096 ends changes the rates of others at an instant of its own.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class SharingBenchmark {
    private static final int HOSTS = 1024;
    private static final int HOSTS_PER_LEAF = 16;
    private static final int LEAVES = HOSTS / HOSTS_PER_LEAF;
    private static final int SPINES = 8;
    private static final int PERMUTATIONS = 4;
    private static final double LINK_BYTES_PER_SECOND = 25e9;

    @Param({"varied", "equal"})
    private String sizes = "";

    private final double[] capacityPerSecond = new double[2 * HOSTS + 2 * LEAVES * SPINES];
    private final List<Phase> transfers = new ArrayList<>();

    @Setup
    public void drawTransfers() {
        Arrays.fill(capacityPerSecond, LINK_BYTES_PER_SECOND);
        RandomGenerator random = new RandomStreams(1, 0).stream("permutations", 0);
        for (int permutation = 0; permutation < PERMUTATIONS; permutation++) {
            int[] target = shuffledHosts(random);
            for (int source = 0; source < HOSTS; source++) {
                double bytes = sizes.equals("equal") ? 0x1p30 : 0x1p29 + random.nextDouble() * 0x1p30;
                if (target[source] != source) {
                    transfers.add(Phase.transfer(0, bytes, route(source, target[source])));
                }
            }
        }
    }

    @Benchmark
    public long simulate() {
        return new Run(capacityPerSecond).endNanos(transfers);
    }

    private static int[] shuffledHosts(RandomGenerator random) {
        int[] hosts = new int[HOSTS];
        for (int i = 0; i < HOSTS; i++) {
            int other = random.nextInt(i + 1);
            hosts[i] = hosts[other];
            hosts[other] = i;
        }
        return hosts;
    }

    private static Footprint route(int source, int target) {
        int sourceLeaf = source / HOSTS_PER_LEAF;
        int targetLeaf = target / HOSTS_PER_LEAF;
        int spine = target % SPINES;
        int up = 2 * HOSTS + sourceLeaf * SPINES + spine;
        int down = 2 * HOSTS + (LEAVES + targetLeaf) * SPINES + spine;
        int[] links = sourceLeaf == targetLeaf
                ? new int[] {source, HOSTS + target}
                : new int[] {source, up, down, HOSTS + target};
        double[] usage = new double[links.length];
        Arrays.fill(usage, 1);
        return new Footprint(links, usage);
    }

    private static final class Run {
        private final Engine engine = new Engine((event, nowNanos) -> advance(nowNanos));
        private final SharedResources resources;

        Run(double[] capacityPerSecond) {
            resources = new SharedResources(engine, 0, capacityPerSecond, (activity, nowNanos) -> {});
        }

        long endNanos(List<Phase> transfers) {
            transfers.forEach(resources::start);
            return engine.run();
        }

        private void advance(long nowNanos) {
            resources.advance(nowNanos);
        }
    }
}
