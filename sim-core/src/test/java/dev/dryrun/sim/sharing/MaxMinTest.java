// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class MaxMinTest {
    /// Rounding of a few thousand additions, and the relative width within which levels count as one.
    private static final double TOLERANCE = 1e-9;

    private static final double NO_CAP = Double.POSITIVE_INFINITY;

    /// Bertsekas and Gallager's kind of example: three on a link of 1, one of them held to 1/4 by a link it shares
    /// with three others.
    @Test
    void whatOneCannotUseTheOthersShare() {
        var shares = new MaxMin(new double[] {1, 1});
        shares.add(0, over(0), 1, NO_CAP);
        shares.add(1, over(0), 1, NO_CAP);
        shares.add(2, over(0, 1), 1, NO_CAP);
        for (int activity = 3; activity < 6; activity++) {
            shares.add(activity, over(1), 1, NO_CAP);
        }
        shares.solve();
        assertRates(shares, 3.0 / 8, 3.0 / 8, 1.0 / 4, 1.0 / 4, 1.0 / 4, 1.0 / 4);
        shares.remove(3);
        shares.solve();
        assertRates(shares, 1.0 / 3, 1.0 / 3, 1.0 / 3, 0, 1.0 / 3, 1.0 / 3);
    }

    @Test
    void weightsDivideAndCapsLimit() {
        var shares = new MaxMin(new double[] {10});
        shares.add(0, over(0), 1, NO_CAP);
        shares.add(1, over(0), 3, NO_CAP);
        shares.add(2, over(0), 1, 2);
        shares.add(3, Footprint.NOTHING, 1, 5);
        shares.solve();
        assertRates(shares, 2, 6, 2, 5);
    }

    @Test
    void usageIsWhatAUnitOfWorkTakes() {
        var shares = new MaxMin(new double[] {12});
        shares.add(0, new Footprint(new int[] {0}, new double[] {1}), 1, NO_CAP);
        shares.add(1, new Footprint(new int[] {0}, new double[] {2}), 1, NO_CAP);
        shares.solve();
        assertRates(shares, 4, 4);
    }

    @Test
    void nothingFlowsWhereThereIsNoCapacity() {
        var shares = new MaxMin(new double[] {0, 1});
        shares.add(0, over(0, 1), 1, NO_CAP);
        shares.add(1, over(1), 1, NO_CAP);
        shares.solve();
        assertRates(shares, 0, 1);
    }

    @Test
    void whatComesAndGoesBetweenSolutionsLeavesNoTrace() {
        var shares = new MaxMin(new double[] {6});
        shares.add(0, over(0), 1, NO_CAP);
        shares.add(1, over(0), 1, NO_CAP);
        shares.remove(1);
        shares.add(1, over(0), 2, NO_CAP);
        shares.solve();
        assertRates(shares, 2, 4);
    }

    /// On a ring of links, all equal, each transfer crosses three; one that leaves must not make the others look
    /// changed by rounding. Its links then have room, but each of their users still crosses a full one: 499 link
    /// 499, 501 link 503. When 502 leaves as well, 501 alone is free to take on links 501 and 503 what 499 and 503
    /// leave, two thirds.
    @Test
    void onlyWhatChangesIsReported() {
        int links = 1000;
        double[] capacity = new double[links];
        Arrays.fill(capacity, 0.7);
        var shares = new MaxMin(capacity);
        for (int i = 0; i < links; i++) {
            shares.add(i, over(i, (i + 1) % links, (i + 2) % links), 1, NO_CAP);
        }
        shares.solve();
        assertEquals(links, shares.changedCount());
        shares.remove(500);
        shares.solve();
        assertEquals(0, shares.changedCount());
        shares.remove(502);
        shares.solve();
        assertEquals(1, shares.changedCount());
        assertEquals(501, shares.changed(0));
        assertEquals(0.7 * 2 / 3, shares.ratePerSecond(501), TOLERANCE);
    }

    /// Activities come and go, several at a time; after each solution the rates are those of the slow filling.
    @RepeatedTest(300)
    void agreesWithASlowFillingWhileActivitiesComeAndGo(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var network = new RandomNetwork(random, repetition.getCurrentRepetition() % 3 == 0);
        var shares = new MaxMin(network.capacity);
        int most = random.nextInt(2, 80);
        Map<Integer, Phase> active = new TreeMap<>();
        double[] former = new double[most];
        for (int step = 0; step < 60; step++) {
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                int activity = random.nextInt(4) == 0 ? most - 1 : random.nextInt(most);
                if (active.remove(activity) != null) {
                    shares.remove(activity);
                } else {
                    Phase phase = network.phase();
                    active.put(activity, phase);
                    shares.add(activity, phase.footprint(), phase.weight(), phase.capPerSecond());
                    former[activity] = -1;
                }
            }
            shares.solve();
            for (int i = 0; i < shares.changedCount(); i++) {
                former[shares.changed(i)] = shares.ratePerSecond(shares.changed(i));
            }
            double[] expected = SlowMaxMin.rates(network.capacity, active, most);
            for (int activity : active.keySet()) {
                assertEquals(expected[activity], shares.ratePerSecond(activity), TOLERANCE * expected[activity]);
                assertEquals(shares.ratePerSecond(activity), former[activity], "reported as changed when it is");
            }
            network.assertFair(active, shares);
        }
    }

    @RepeatedTest(100)
    void doublingAllCapacitiesAndCapsDoublesRates(RepetitionInfo repetition) {
        var random = new SplittableRandom(repetition.getCurrentRepetition());
        var network = new RandomNetwork(random, false);
        double[] doubled = network.capacity.clone();
        for (int r = 0; r < doubled.length; r++) {
            doubled[r] *= 2;
        }
        var one = new MaxMin(network.capacity);
        var two = new MaxMin(doubled);
        int count = random.nextInt(1, 100);
        for (int activity = 0; activity < count; activity++) {
            Phase phase = network.phase();
            one.add(activity, phase.footprint(), phase.weight(), phase.capPerSecond());
            two.add(activity, phase.footprint(), phase.weight(), 2 * phase.capPerSecond());
        }
        one.solve();
        two.solve();
        for (int activity = 0; activity < count; activity++) {
            assertEquals(2 * one.ratePerSecond(activity), two.ratePerSecond(activity));
        }
    }

    /// The cancellation test: one huge weight stops first and leaves a sum a billion times smaller.
    @Test
    void smallWeightsKeepTheirDigitsBesideAHugeOne() {
        var shares = new MaxMin(new double[] {1, 1e-3});
        shares.add(0, over(0, 1), 1e9, NO_CAP);
        shares.add(1, over(0), 0.1, NO_CAP);
        shares.add(2, over(0), 0.3, NO_CAP);
        shares.solve();
        assertRates(shares, 1e-3, 0.999 / 4, 0.999 * 3 / 4);
    }

    private static Footprint over(int... resources) {
        double[] usage = new double[resources.length];
        Arrays.fill(usage, 1);
        return new Footprint(resources, usage);
    }

    private static void assertRates(MaxMin shares, double... expected) {
        for (int activity = 0; activity < expected.length; activity++) {
            assertEquals(expected[activity], shares.ratePerSecond(activity), TOLERANCE * expected[activity]);
        }
    }

    /// Resources and phases drawn at random; `even` ones have few distinct values, so that many levels tie.
    private static final class RandomNetwork {
        final double[] capacity;
        private final SplittableRandom random;
        private final boolean even;

        RandomNetwork(SplittableRandom random, boolean even) {
            this.random = random;
            this.even = even;
            capacity = new double[random.nextInt(1, 40)];
            for (int r = 0; r < capacity.length; r++) {
                capacity[r] =
                        even ? 0.3 * random.nextInt(0, 3) : Math.scalb(1 + random.nextDouble(), random.nextInt(-3, 4));
            }
        }

        Phase phase() {
            List<Integer> resources = new ArrayList<>();
            for (int k = random.nextInt(1, 7); k > 0; k--) {
                int resource = random.nextInt(capacity.length);
                if (!resources.contains(resource)) {
                    resources.add(resource);
                }
            }
            double[] usage = new double[resources.size()];
            for (int k = 0; k < usage.length; k++) {
                usage[k] = even ? 1 : 0.1 + random.nextDouble();
            }
            double weight = even ? random.nextInt(1, 3) : 0.1 + random.nextDouble();
            boolean capped = random.nextInt(4) == 0;
            double cap = capped ? (even ? 0.1 * random.nextInt(1, 4) : random.nextDouble() + 1e-3) : NO_CAP;
            int[] numbers = resources.stream().mapToInt(Integer::intValue).toArray();
            return new Phase(0, 1, new Footprint(numbers, usage), weight, cap);
        }

        /// No resource carries more than it can, and every activity has a reason for not being faster.
        void assertFair(Map<Integer, Phase> active, MaxMin shares) {
            double[] carried = new double[capacity.length];
            double[] highest = new double[capacity.length];
            active.forEach((activity, phase) -> {
                for (int k = 0; k < phase.footprint().size(); k++) {
                    int resource = phase.footprint().resources()[k];
                    carried[resource] +=
                            shares.ratePerSecond(activity) * phase.footprint().usagePerUnit()[k];
                    highest[resource] = Math.max(highest[resource], shares.ratePerSecond(activity) / phase.weight());
                }
            });
            for (int r = 0; r < capacity.length; r++) {
                assertTrue(carried[r] <= capacity[r] * (1 + TOLERANCE), "over capacity");
            }
            active.forEach((activity, phase) -> {
                double rate = shares.ratePerSecond(activity);
                boolean limited = rate >= phase.capPerSecond() * (1 - TOLERANCE);
                for (int resource : phase.footprint().resources()) {
                    limited |= carried[resource] >= capacity[resource] * (1 - TOLERANCE)
                            && rate / phase.weight() >= highest[resource] * (1 - TOLERANCE);
                }
                assertTrue(limited, () -> "activity " + activity + " has no bottleneck");
            });
        }
    }
}
