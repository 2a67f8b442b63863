// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SharedResourcesTest {
    private static final double NO_CAP = Double.POSITIVE_INFINITY;
    private static final Footprint LINK = new Footprint(new int[] {0}, new double[] {1});

    @Test
    void aTransferAloneTakesWorkOverCapacity() {
        var run = new Run(25e9);
        run.startAt(100, LINK, 1e9);
        assertEquals(100 + 40_000_000, run.toEnd());
    }

    /// Two share from 1 s on: the first has 3 left of 4 and the second 2, at 1/2 each; the second ends after 4 s,
    /// the first a second later.
    @Test
    void sharesChangeWhenTransfersStartAndEnd() {
        var run = new Run(1);
        run.startAt(0, LINK, 4);
        run.startAt(1_000_000_000L, LINK, 2);
        assertEquals(6_000_000_000L, run.toEnd());
        assertEquals(List.of("0@6000000000", "1@5000000000").reversed(), run.finished);
    }

    @Test
    void theRunEndsWithTheLastTransferEvenIfItGotFaster() {
        var run = new Run(2);
        run.startAt(0, LINK, 1);
        run.startAt(0, LINK, 3);
        assertEquals(2_000_000_000L, run.toEnd());
    }

    @Test
    void noWorkIsDoneAtOnce() {
        var run = new Run(1);
        run.startAt(7, LINK, 0);
        run.startAt(7, Footprint.NOTHING, 0);
        run.startAt(9, LINK, 1e-12);
        assertEquals(9, run.toEnd());
        assertEquals(3, run.finished.size());
    }

    @Test
    void aFinishedTransferMayStartTheNextAtItsInstant() {
        var run = new Run(1e9);
        run.chain = 1000;
        run.startAt(0, LINK, 10);
        assertEquals(10 * 1001, run.toEnd());
    }

    @Test
    void aChainWithoutWorkEndsAtItsInstant() {
        var run = new Run(1e9);
        run.chain = 1000;
        run.startAt(5, LINK, 0);
        assertEquals(5, run.toEnd());
        assertEquals(1001, run.finished.size());
    }

    @Test
    void manyEqualTransfersEndTogether() {
        var run = new Run(1e9);
        for (int i = 0; i < 5000; i++) {
            run.startAt(0, LINK, 1e6);
        }
        assertEquals(5_000_000_000L, run.toEnd());
        assertEquals(
                5000,
                run.finished.stream().filter(f -> f.endsWith("@5000000000")).count());
    }

    /// 3 units at 1e-8 a second are 9.5 years.
    @Test
    void verySlowAndVeryLongTransfersKeepTheirTime() {
        var run = new Run(1e-8);
        run.startAt(0, LINK, 1);
        run.startAt(0, LINK, 3);
        assertEquals(400_000_000L * 1_000_000_000L, run.toEnd());
    }

    @Test
    void whatCannotMoveNeverEndsAndSaysSo() {
        var run = new Run(0, 1);
        run.startAt(0, new Footprint(new int[] {0, 1}, new double[] {1, 1}), 1);
        run.startAt(0, new Footprint(new int[] {1}, new double[] {1}), 1);
        assertEquals(1_000_000_000L, run.toEnd());
        assertEquals(1, run.resources.active());
        assertEquals(0, run.resources.ratePerSecond(0));
    }

    @Test
    void whatNearlyStandsStillSpeedsUpLater() {
        var run = new Run(1);
        run.startAt(0, LINK, 1);
        run.phases.add(new Phase(0, 1, LINK, 1e-30, NO_CAP));
        run.engine.schedule(0, 1);
        assertEquals(2_000_000_000L, run.toEnd());
    }

    /// One link works without pause as long as something is left, so the last transfer ends at the sum of all work.
    @RepeatedTest(50)
    void aLinkThatIsNeverIdleEndsAtTheSumOfItsWork(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var run = new Run(1e6);
        double work = 0;
        int count = random.nextInt(1, 300);
        for (int i = 0; i < count; i++) {
            double next = 1 + random.nextInt(1000);
            run.startAt((long) (random.nextDouble() * work * 1000), LINK, next);
            work += next;
        }
        // Each end and each start rounds the others' work by half a tick.
        assertEquals(work * 1000, (double) run.toEnd(), count);
    }

    /// Numbers of finished activities serve again: a long run needs no more of them than run at a time.
    @Test
    void numbersAreUsedAgain() {
        var run = new Run(1e9);
        run.chain = 10_000;
        for (int i = 0; i < 10; i++) {
            run.startAt(i, LINK, 5);
        }
        run.toEnd();
        assertTrue(run.highest < 64, () -> "highest number: " + run.highest);
    }

    /// An engine whose event 0 is the resources', and whose event n starts phase n-1.
    private static final class Run {
        final List<Phase> phases = new ArrayList<>();
        final List<String> finished = new ArrayList<>();
        final Engine engine;
        final SharedResources resources;
        int chain;
        int highest;

        Run(double... capacityPerSecond) {
            engine = new Engine(this::fire);
            resources = new SharedResources(engine, 0, capacityPerSecond, this::finished);
        }

        void startAt(long nanos, Footprint footprint, double work) {
            phases.add(new Phase(0, work, footprint, 1, NO_CAP));
            engine.schedule(nanos, phases.size());
        }

        long toEnd() {
            return engine.run();
        }

        private void fire(int event, long nowNanos) {
            if (event == 0) {
                resources.advance(nowNanos);
            } else {
                start(phases.get(event - 1));
            }
        }

        private void start(Phase phase) {
            highest = Math.max(highest, resources.start(phase));
        }

        private void finished(int activity, long nowNanos) {
            finished.add(activity + "@" + nowNanos);
            if (chain > 0) {
                chain--;
                start(phases.get(0));
            }
        }
    }
}
