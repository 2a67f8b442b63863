// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import dev.dryrun.sim.flow.FlowPlan;
import dev.dryrun.sim.sharing.Activity;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Small steps for tests, in which every rank is a member.
final class Plans {
    static final int WORK = 0;
    static final int HOST = 1;
    static final int COMM = 2;
    static final int WAITING = 3;
    static final int IDLE = 4;
    static final Categories CATEGORIES = new Categories(List.of("work", "host", "comm", "waiting", "idle"), HOST, IDLE);

    private Plans() {}

    static StepTables tables() {
        return new StepTables(CATEGORIES);
    }

    static Block kernel(long hostNanos, long deviceNanos) {
        return Block.single(CATEGORIES.size(), WORK, hostNanos, deviceNanos, true);
    }

    static Call call(int slot, int transfer, double slowdown) {
        return new Call(slot, transfer, COMM, WAITING, 0, slowdown);
    }

    /// @param groupOf group of each member and slot, member by member
    static StepPlan plan(
            StepTables tables,
            int slots,
            int[] groupOf,
            double[] capacity,
            List<Activity> transfers,
            Program... programs) {
        int members = programs.length;
        int[] index = new int[members];
        Arrays.setAll(index, i -> i);
        long[] ones = new long[members];
        Arrays.fill(ones, 1);
        int groups = Arrays.stream(groupOf).max().orElse(-1) + 1;
        int[] arrivals = new int[groups];
        for (int group : groupOf) {
            if (group != Program.NONE) {
                arrivals[group]++;
            }
        }
        return new StepPlan(
                tables,
                List.of(programs),
                index,
                index,
                ones,
                slots,
                groupOf,
                arrivals,
                capacity,
                (group, transfer) -> transfers.get(transfer));
    }

    /// The same step with one of its transfers played flow by flow.
    static StepPlan playing(StepPlan plan, int played, FlowPlan flows) {
        Transfers transfers = new Transfers() {
            @Override
            public Activity activity(int group, int transfer) {
                return plan.transfers().activity(group, transfer);
            }

            @Override
            public @Nullable FlowPlan flows(int group, int transfer) {
                return transfer == played ? flows : null;
            }
        };
        return new StepPlan(
                plan.tables(),
                plan.programs(),
                plan.programOf(),
                plan.rankOf(),
                plan.ranksOf(),
                plan.slots(),
                plan.groupOf(),
                plan.arrivalsOf(),
                plan.capacityPerSecond(),
                transfers);
    }
}
