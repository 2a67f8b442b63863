// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.Arrays;

/// Remembers for every instruction that ran what released it, and finds the chain that ends the step.
final class CriticalPath {
    private static final int NONE = -1;

    private final StepPlan plan;
    private final int streams;
    private int size;
    private int[] releasedBy = new int[256];
    private int[] lane = new int[256];
    private int[] instruction = new int[256];
    private long[] startNanos = new long[256];
    private long[] endNanos = new long[256];
    private final int[] lastOfLane;

    CriticalPath(StepPlan plan, Lanes lanes) {
        this.plan = plan;
        streams = lanes.streams;
        lastOfLane = new int[lanes.count()];
        Arrays.fill(lastOfLane, NONE);
    }

    /// What ended last among what a lane's head needed: its predecessor on the stream, or the instruction it waits for.
    int releaserOf(int ofLane, int afterLane) {
        int previous = lastOfLane[ofLane];
        int awaited = afterLane == NONE ? NONE : lastOfLane[afterLane];
        if (previous == NONE || awaited == NONE) {
            return Math.max(previous, awaited);
        }
        return endNanos[awaited] > endNanos[previous] ? awaited : previous;
    }

    /// Notes that a lane has waited for another: what it does next is released by whichever ended later.
    void waited(int ofLane, int afterLane) {
        lastOfLane[ofLane] = releaserOf(ofLane, afterLane);
    }

    /// Notes an instruction that has run.
    void ran(int onLane, int number, int releaser, long start, long end) {
        if (size == releasedBy.length) {
            grow();
        }
        releasedBy[size] = releaser;
        lane[size] = onLane;
        instruction[size] = number;
        startNanos[size] = start;
        endNanos[size] = end;
        lastOfLane[onLane] = size++;
    }

    /// Time of the chain that ends last, by category; gaps are the host's.
    long[] byCategory() {
        Categories categories = plan.tables().categories();
        long[] total = new long[categories.size()];
        int last = NONE;
        for (int record : lastOfLane) {
            if (record != NONE && (last == NONE || endNanos[record] > endNanos[last])) {
                last = record;
            }
        }
        while (last != NONE) {
            int before = releasedBy[last];
            long freeNanos = before == NONE ? 0 : endNanos[before];
            total[categories.host()] += Math.max(0, startNanos[last] - freeNanos);
            add(last, Math.max(startNanos[last], freeNanos), total);
            last = before;
        }
        return total;
    }

    private void add(int record, long fromNanos, long[] total) {
        Program program = plan.program(lane[record] / streams);
        int number = instruction[record];
        long nanos = endNanos[record] - fromNanos;
        if (program.opcode[number] == Program.CALL) {
            total[plan.tables().call(program.operand[number]).category()] += nanos;
            return;
        }
        long[] mix = plan.tables().block(program.operand[number]).nanosByCategory();
        long booked = 0;
        long device = plan.tables().block(program.operand[number]).deviceNanos();
        for (int c = 0; c < mix.length; c++) {
            long share = device <= nanos ? mix[c] : Math.round((double) mix[c] * nanos / device);
            total[c] += share;
            booked += share;
        }
        total[plan.tables().categories().host()] += nanos - booked;
    }

    private void grow() {
        int capacity = 2 * size;
        releasedBy = Arrays.copyOf(releasedBy, capacity);
        lane = Arrays.copyOf(lane, capacity);
        instruction = Arrays.copyOf(instruction, capacity);
        startNanos = Arrays.copyOf(startNanos, capacity);
        endNanos = Arrays.copyOf(endNanos, capacity);
    }
}
