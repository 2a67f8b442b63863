// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.sharing.Phase;
import java.util.Locale;

/// The steps of rings, flow by flow: in step s every rank sends a chunk to the next one once it has the chunk that came
/// in step s-1 and has sent its own.
///
/// R rings of n ranks run side by side on S/R bytes each, `rounds (n-1)` steps of S/(R n) bytes. Without contention a
/// step takes a + S/(R n B): with all-reduce 2(n-1)(a + S/(n R B)) in all. Source: Patarasuk, Yuan, 2009,
/// doi:10.1016/j.jpdc.2008.09.002.
final class ChunkedRing implements FlowPlan {
    private static final int MOST_FLOWS = 1 << 28;

    private final int ranks;
    private final int steps;
    /// The hop of each place in each ring: latency, chunk and links.
    private final Phase[] hops;

    /// @param ranks of each ring
    /// @param steps of each ring
    /// @param hops by ring and place
    ChunkedRing(int ranks, int steps, Phase[] hops) {
        long flows = (long) steps * hops.length;
        if (flows > MOST_FLOWS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "a ring of %d ranks is %,d chunks; must be at most %,d to be played one by one",
                    ranks,
                    flows,
                    MOST_FLOWS));
        }
        this.ranks = ranks;
        this.steps = steps;
        this.hops = hops;
    }

    private int perStep() {
        return hops.length;
    }

    @Override
    public int flows() {
        return Math.multiplyExact(steps, perStep());
    }

    @Override
    public Phase phase(int flow) {
        return hops[flow % perStep()];
    }

    @Override
    public int predecessors(int flow) {
        return flow < perStep() ? 0 : 2;
    }

    @Override
    public int successors(int flow) {
        return flow / perStep() == steps - 1 ? 0 : 2;
    }

    /// The rank's own next send, and that of the rank after it.
    @Override
    public int successor(int flow, int position) {
        int later = flow + perStep();
        if (position == 0) {
            return later;
        }
        int place = later % ranks;
        return later - place + (place + 1) % ranks;
    }
}
