// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import static dev.dryrun.sim.program.Plans.COMM;
import static dev.dryrun.sim.program.Plans.HOST;
import static dev.dryrun.sim.program.Plans.IDLE;
import static dev.dryrun.sim.program.Plans.WAITING;
import static dev.dryrun.sim.program.Plans.WORK;
import static dev.dryrun.sim.program.Plans.call;
import static dev.dryrun.sim.program.Plans.kernel;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StepExecutorTest {
    private static final Activity HUNDRED_NANOS = Activity.of(Phase.latency(100));

    @Test
    void hostRunsAheadOfTheDevice() {
        StepTables tables = Plans.tables();
        ProgramBuilder program = tables.program(1);
        for (int i = 0; i < 3; i++) {
            program.block(0, kernel(10, 50), Program.NONE, "kernel", i);
        }
        StepOutcome outcome = run(tables, new int[] {Program.NONE}, program.build());
        // Only the first launch is waited for: 10 + 3 * 50.
        assertEquals(160, outcome.stepNanos());
        assertEquals(150, outcome.exposedNanos()[0][WORK]);
        assertEquals(10, outcome.exposedNanos()[0][HOST]);
    }

    @Test
    void launchBoundStepTakesTheHostsTime() {
        StepTables tables = Plans.tables();
        ProgramBuilder program = tables.program(1);
        for (int i = 0; i < 4; i++) {
            program.block(0, kernel(50, 10), Program.NONE, "kernel", i);
        }
        assertEquals(210, run(tables, new int[] {Program.NONE}, program.build()).stepNanos());
    }

    @Test
    void hostSyncHoldsTheHostUntilTheDeviceIsThere() {
        StepTables tables = Plans.tables();
        ProgramBuilder program = tables.program(1);
        int first = program.block(0, kernel(10, 500), Program.NONE, "kernel", 0);
        program.hostSync(first);
        program.block(0, kernel(10, 50), Program.NONE, "kernel", 1);
        // 10 + 500, then the host begins again: 10 + 50.
        assertEquals(570, run(tables, new int[] {Program.NONE}, program.build()).stepNanos());
    }

    @RepeatedTest(200)
    void mergedBlocksEndWhenTheirPartsDo(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        StepTables tables = Plans.tables();
        ProgramBuilder fine = tables.program(1);
        ProgramBuilder merged = tables.program(1);
        int kernels = random.nextInt(1, 30);
        Block all = Block.empty(Plans.CATEGORIES.size());
        for (int i = 0; i < kernels; i++) {
            Block one = kernel(random.nextInt(100), random.nextInt(100));
            fine.block(0, one, Program.NONE, "kernel", i);
            all = all.then(one);
        }
        merged.block(0, all, Program.NONE, "all", 0);
        StepOutcome apart = run(tables, new int[] {Program.NONE}, fine.build());
        StepOutcome together = run(tables, new int[] {Program.NONE}, merged.build());
        assertEquals(apart.stepNanos(), together.stepNanos());
        assertArrayEquals(apart.exposedNanos()[0], together.exposedNanos()[0]);
    }

    @Test
    void communicationSlowsTheKernelBesideIt() {
        StepTables tables = Plans.tables();
        ProgramBuilder program = tables.program(2);
        program.call(1, call(0, 0, 0.25), Program.NONE, "all-reduce", 0);
        program.block(0, kernel(0, 400), Program.NONE, "kernel", 0);
        StepOutcome outcome = StepExecutor.execute(
                Plans.plan(tables, 1, new int[] {0}, new double[0], List.of(HUNDRED_NANOS), program.build()));
        // While the 100 ns run, only 75 are done: 100 + (400 - 75).
        assertEquals(425, outcome.stepNanos());
        assertEquals(400, outcome.exposedNanos()[0][WORK]);
        assertEquals(25, outcome.exposedNanos()[0][COMM]);
        assertEquals(100, outcome.busyNanos()[0][COMM]);
    }

    @Test
    void membersOfAGroupWaitForTheLast() {
        StepTables tables = Plans.tables();
        ProgramBuilder quick = tables.program(1);
        quick.block(0, kernel(0, 100), Program.NONE, "kernel", 0);
        quick.call(0, call(0, 0, 0), Program.NONE, "all-reduce", 0);
        ProgramBuilder slow = tables.program(1);
        slow.block(0, kernel(0, 300), Program.NONE, "kernel", 0);
        slow.call(0, call(0, 0, 0), Program.NONE, "all-reduce", 0);
        slow.block(0, kernel(0, 50), Program.NONE, "kernel", 0);
        StepOutcome outcome = StepExecutor.execute(Plans.plan(
                tables, 1, new int[] {0, 0}, new double[0], List.of(HUNDRED_NANOS), quick.build(), slow.build()));
        assertEquals(450, outcome.stepNanos());
        assertEquals(200, outcome.exposedNanos()[0][WAITING]);
        assertEquals(100, outcome.exposedNanos()[0][COMM]);
        assertEquals(50, outcome.exposedNanos()[0][IDLE]);
        assertEquals(350, outcome.criticalNanos()[WORK]);
        assertEquals(100, outcome.criticalNanos()[COMM]);
    }

    /// Two ranks over one link of 1 GB/s: one sends 3000 B as a whole; the other's transfer is two flows of 1000 B, one
    /// after the other, with 500 ns of latency each.
    @Test
    void flowsOfATransferShareLinksOneByOne() {
        StepTables tables = Plans.tables();
        ProgramBuilder[] programs = {tables.program(1), tables.program(1)};
        for (int rank = 0; rank < 2; rank++) {
            programs[rank].call(0, call(0, rank, 0), Program.NONE, "message", 0);
        }
        var link = new Footprint(new int[] {0}, new double[] {1});
        StepPlan whole = Plans.plan(
                tables,
                1,
                new int[] {0, 1},
                new double[] {1e9},
                List.of(Activity.of(Phase.transfer(0, 3000, link)), Activity.of()),
                programs[0].build(),
                programs[1].build());
        var flows = new TwoInARow(Phase.transfer(500, 1000, link));
        StepOutcome outcome = StepExecutor.execute(Plans.playing(whole, 1, flows));
        // To 500 alone: 500 B of the whole. To 2500 shared: 1500 B, the first flow is done. To 3000 alone: 2000 B. Then
        // shared: each has 1000 B left and both end at 5000.
        assertEquals(5000, outcome.stepNanos());
        assertEquals(5000, outcome.busyNanos()[1][COMM]);
    }

    private record TwoInARow(Phase phase) implements FlowPlan {
        @Override
        public int flows() {
            return 2;
        }

        @Override
        public Phase phase(int flow) {
            return phase;
        }

        @Override
        public int predecessors(int flow) {
            return flow;
        }

        @Override
        public int successors(int flow) {
            return 1 - flow;
        }

        @Override
        public int successor(int flow, int position) {
            return 1;
        }
    }

    @Test
    void concurrentTransfersShareALink() {
        StepTables tables = Plans.tables();
        ProgramBuilder[] programs = {tables.program(1), tables.program(1)};
        for (ProgramBuilder program : programs) {
            program.call(0, call(0, 0, 0), Program.NONE, "message", 0);
        }
        Activity message = Activity.of(Phase.transfer(0, 1000, new Footprint(new int[] {0}, new double[] {1})));
        StepOutcome outcome = StepExecutor.execute(Plans.plan(
                tables,
                1,
                new int[] {0, 1},
                new double[] {1e9},
                List.of(message),
                programs[0].build(),
                programs[1].build()));
        // 1000 B at 1 GB/s take 1000 ns alone, twice as long for both.
        assertEquals(2000, outcome.stepNanos());
    }

    @Test
    void deadlockNamesWhoWaitsForWhom() {
        StepTables tables = Plans.tables();
        ProgramBuilder one = tables.program(1);
        one.call(0, call(0, 0, 0), Program.NONE, "first", 0);
        one.call(0, call(1, 0, 0), Program.NONE, "second", 0);
        ProgramBuilder other = tables.program(1);
        other.call(0, call(1, 0, 0), Program.NONE, "second", 0);
        other.call(0, call(0, 0, 0), Program.NONE, "first", 0);
        StepOutcome outcome = StepExecutor.execute(Plans.plan(
                tables, 2, new int[] {0, 1, 0, 1}, new double[0], List.of(HUNDRED_NANOS), one.build(), other.build()));
        Deadlock deadlock = outcome.deadlock().orElseThrow();
        assertEquals(2, deadlock.waits().size());
        assertEquals(List.of(1), deadlock.waits().get(0).missingRanks());
        assertEquals(List.of(0), deadlock.waits().get(1).missingRanks());
        assertTrue(
                deadlock.toString().contains("rank 0, stream 0, instruction 0 (first) waits in group 0 for rank [1]"));
    }

    @RepeatedTest(50)
    void everyInstantIsBookedOnce(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        StepTables tables = Plans.tables();
        ProgramBuilder[] programs = {tables.program(3), tables.program(3), tables.program(3)};
        for (int i = 0; i < 20; i++) {
            boolean meets = random.nextInt(3) == 0;
            int stream = random.nextInt(1, 3);
            for (ProgramBuilder program : programs) {
                int last = program.block(0, kernel(random.nextInt(60), random.nextInt(100)), Program.NONE, "kernel", i);
                if (meets) {
                    int message = program.call(stream, call(stream - 1, 0, 0.3), last, "all-reduce", i);
                    if (random.nextBoolean()) {
                        program.await(0, message);
                    }
                    if (random.nextInt(4) == 0) {
                        program.hostSync(message);
                    }
                }
            }
        }
        StepOutcome outcome = StepExecutor.execute(Plans.plan(
                tables,
                2,
                new int[] {0, 1, 0, 1, 0, 1},
                new double[0],
                List.of(HUNDRED_NANOS),
                programs[0].build(),
                programs[1].build(),
                programs[2].build()));
        for (long[] exposed : outcome.exposedNanos()) {
            assertEquals(outcome.stepNanos(), Arrays.stream(exposed).sum());
        }
        assertEquals(outcome.stepNanos(), Arrays.stream(outcome.criticalNanos()).sum());
    }

    private static StepOutcome run(StepTables tables, int[] groupOf, Program program) {
        return StepExecutor.execute(Plans.plan(tables, 1, groupOf, new double[0], List.of(HUNDRED_NANOS), program));
    }
}
