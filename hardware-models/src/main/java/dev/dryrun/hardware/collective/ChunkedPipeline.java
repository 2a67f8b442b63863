// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.Phase;
import dev.dryrun.sim.units.SimTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Chunks that pass the same hops one after the other: chunk k takes a hop once it has taken those before it, and chunk
/// k-1 has taken this one.
///
/// The latency of the longest way passes before the first hops, so that chunks overlap as in a long message. D hops in
/// a row with C chunks take `D a + (C + D - 1) S / (C B)`.
final class ChunkedPipeline implements FlowPlan {
    private final int chunks;
    private final Phase[] first;
    private final Phase[] later;
    private final int[] waits;
    private final int[][] next;

    private ChunkedPipeline(int chunks, Phase[] first, Phase[] later, int[] waits, int[][] next) {
        this.chunks = chunks;
        this.first = first;
        this.later = later;
        this.waits = waits;
        this.next = next;
    }

    @Override
    public int flows() {
        return Math.multiplyExact(chunks, first.length);
    }

    @Override
    public Phase phase(int flow) {
        return flow < first.length ? first[flow] : later[flow % first.length];
    }

    @Override
    public int predecessors(int flow) {
        return waits[flow % first.length] + (flow < first.length ? 0 : 1);
    }

    @Override
    public int successors(int flow) {
        return next[flow % first.length].length + (flow / first.length == chunks - 1 ? 0 : 1);
    }

    @Override
    public int successor(int flow, int position) {
        int hop = flow % first.length;
        return position < next[hop].length ? flow - hop + next[hop][position] : flow + first.length;
    }

    /// The hops of a pipeline, each added after those that it waits for.
    static final class Hops {
        private final List<Footprint> footprints = new ArrayList<>();
        private final List<Double> shares = new ArrayList<>();
        private final List<Integer> depths = new ArrayList<>();
        private final List<int[]> next = new ArrayList<>();
        private final List<Integer> waits = new ArrayList<>();

        /// Adds a hop and returns its number.
        ///
        /// @param share of the bytes of the collective that takes it
        /// @param after numbers of the hops that it waits for
        int add(Footprint footprint, double share, List<Integer> after) {
            int hop = footprints.size();
            int depth = 1;
            for (int before : after) {
                depth = Math.max(depth, depths.get(before) + 1);
                int[] longer = Arrays.copyOf(next.get(before), next.get(before).length + 1);
                longer[longer.length - 1] = hop;
                next.set(before, longer);
            }
            footprints.add(footprint);
            shares.add(share);
            depths.add(depth);
            next.add(new int[0]);
            waits.add(after.size());
            return hop;
        }

        int count() {
            return footprints.size();
        }

        /// Hops of the longest way.
        int depth() {
            return depths.stream().mapToInt(Integer::intValue).max().orElse(0);
        }

        /// @param latencySeconds of the longest way
        FlowPlan pipeline(double bytes, int chunks, double latencySeconds) {
            int count = footprints.size();
            var first = new Phase[count];
            var later = new Phase[count];
            long latencyNanos = SimTime.toNanos(latencySeconds);
            for (int hop = 0; hop < count; hop++) {
                double work = bytes * shares.get(hop) / chunks;
                first[hop] = Phase.transfer(waits.get(hop) == 0 ? latencyNanos : 0, work, footprints.get(hop));
                later[hop] = Phase.transfer(0, work, footprints.get(hop));
            }
            int[] waiting = waits.stream().mapToInt(Integer::intValue).toArray();
            return new ChunkedPipeline(chunks, first, later, waiting, next.toArray(int[][]::new));
        }
    }
}
