// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.Phase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlowRunTest {
    private static final double[] ONE_LINK = {1e9};

    /// Flows by lists: of each, those that wait for it.
    private record Listed(List<Phase> phases, List<List<Integer>> next) implements FlowPlan {
        @Override
        public int flows() {
            return phases.size();
        }

        @Override
        public Phase phase(int flow) {
            return phases.get(flow);
        }

        @Override
        public int predecessors(int flow) {
            return (int)
                    next.stream().flatMap(List::stream).filter(f -> f == flow).count();
        }

        @Override
        public int successors(int flow) {
            return next.get(flow).size();
        }

        @Override
        public int successor(int flow, int position) {
            return next.get(flow).get(position);
        }
    }

    private static Phase overTheLink(long latencyNanos, double bytes) {
        return Phase.transfer(latencyNanos, bytes, new Footprint(new int[] {0}, new double[] {1}));
    }

    /// A diamond over one link: 1 us alone, then two of 1 us that share, then 1 us; latencies of 10 ns before each.
    @Test
    void aDiamond() {
        Phase flow = overTheLink(10, 1000);
        var plan =
                new Listed(List.of(flow, flow, flow, flow), List.of(List.of(1, 2), List.of(3), List.of(3), List.of()));
        assertEquals(1010 + 2010 + 1010, FlowRun.endNanos(plan, ONE_LINK));
    }

    @Test
    void aCircleIsToldAndNoHang() {
        Phase flow = overTheLink(0, 1000);
        var plan = new Listed(List.of(flow, flow, flow), List.of(List.of(), List.of(2), List.of(1)));
        var thrown = assertThrows(IllegalArgumentException.class, () -> FlowRun.endNanos(plan, ONE_LINK));
        assertTrue(String.valueOf(thrown.getMessage()).startsWith("2 of 3 flows never end"), thrown.getMessage());
    }

    @Test
    void aLinkWithoutCapacityIsToldToo() {
        var plan = new Listed(List.of(overTheLink(0, 1000)), List.of(List.of()));
        assertThrows(IllegalArgumentException.class, () -> FlowRun.endNanos(plan, new double[] {0}));
    }

    /// A short latency overtakes a long one: 1 us from 10 ns on, then the other from 5,000 ns on; 100 at a time with
    /// it.
    @Test
    void latenciesEndInTheirOwnOrder() {
        List<Phase> phases = new ArrayList<>(List.of(overTheLink(5000, 1000), overTheLink(10, 1000)));
        List<List<Integer>> next = new ArrayList<>(List.of(List.of(), List.of()));
        for (int i = 0; i < 100; i++) {
            phases.add(overTheLink(7000, 10));
            next.add(List.of());
        }
        assertEquals(7000 + 100 * 10, FlowRun.endNanos(new Listed(phases, next), ONE_LINK));
        assertEquals(6000, FlowRun.endNanos(new Listed(phases.subList(0, 2), next.subList(0, 2)), ONE_LINK));
    }
}
