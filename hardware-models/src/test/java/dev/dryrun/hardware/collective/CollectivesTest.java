// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.hardware.collective.tuner.Tuners;
import dev.dryrun.sim.sharing.Activity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CollectivesTest {
    private final Collectives h100 = Machines.collectives(Machines.cluster("hgx-h100", 16, "rail-optimised"));

    @Test
    void oneGpuHasNothingToDo() {
        assertEquals(Activity.of(), h100.activity(CollectiveKind.ALL_REDUCE, 1e9, new int[] {7}));
        assertEquals(0, h100.aloneSeconds(CollectiveKind.ALL_GATHER, 1e9, new int[] {7}));
    }

    /// The choice is a minimum of increasing functions, hence one itself, and never above any of them.
    @ParameterizedTest
    @EnumSource(names = {"ALL_REDUCE", "ALL_GATHER", "REDUCE_SCATTER", "BROADCAST", "REDUCE", "ALL_TO_ALL"})
    void theQuickestIsTaken(CollectiveKind kind) {
        int[] gpus = Machines.range(64);
        double before = 0;
        for (double bytes = 1; bytes < 1e11; bytes *= 1.7) {
            double now = h100.aloneSeconds(kind, bytes, gpus);
            assertTrue(now > before);
            for (CollectivePlan plan : h100.plansOf(kind, gpus)) {
                assertTrue(now <= plan.seconds(bytes));
            }
            before = now;
        }
    }

    /// Footprints belong to the group: activities of other sizes share them.
    @Test
    void footprintsAreMadeOnce() {
        Activity one = h100.activity(CollectiveKind.ALL_GATHER, 1e9, Machines.range(128));
        Activity two = h100.activity(CollectiveKind.ALL_GATHER, 2e9, Machines.range(128));
        assertSame(one.phases().getLast().footprint(), two.phases().getLast().footprint());
    }

    @Test
    void mistakesOfTheCallerAreNamed() {
        assertThrows(IllegalArgumentException.class, () -> Restriction.to("rings"));
        assertThrows(
                IllegalArgumentException.class,
                () -> h100.activity(CollectiveKind.ALL_REDUCE, 1e9, new int[] {1, 2, 1}));
        assertThrows(
                IllegalArgumentException.class,
                () -> h100.activity(CollectiveKind.ALL_REDUCE, Double.NaN, new int[] {1, 2}));
        assertThrows(
                IllegalArgumentException.class, () -> h100.activity(CollectiveKind.ALL_REDUCE, 1, new int[] {1, 128}));
        Collectives tuned = h100.tunedBy(Tuners.ofLibrary("nccl").orElseThrow());
        assertThrows(
                IllegalArgumentException.class, () -> tuned.activity(CollectiveKind.ALL_REDUCE, -1, new int[] {1, 2}));
    }

    /// The quickest all-reduce of nothing: eight H100 in protocol LL, whatever size is asked for.
    @Test
    void aBarrierIsAnAllReduceOfNothing() {
        double expected = 10e-6 + 14 * 0.55e-6;
        assertEquals(expected, h100.aloneSeconds(CollectiveKind.BARRIER, 1e9, Machines.range(8)), 1e-12);
        Collectives bulk = h100.restrictedTo(Restriction.to("ring").in(Protocol.SIMPLE));
        for (Grain grain : Grain.values()) {
            double seconds = bulk.aloneSeconds(grain, CollectiveKind.BARRIER, 1e9, Machines.range(8));
            double nothing = bulk.aloneSeconds(grain, CollectiveKind.ALL_REDUCE, 0, Machines.range(8));
            assertEquals(nothing, seconds, 0, grain.name());
        }
    }
}
