// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.flow;

import java.util.Arrays;

/// Flows whose latency passes, in the order in which it ends: a ring buffer on primitive arrays.
///
/// Flows with the same latency end it in the order in which they began, so they need no heap; and those that end it at
/// one instant are one event.
final class Waiting {
    private int[] flows = new int[64];
    private long[] untilNanos = new long[64];
    private int first;
    private int size;

    /// Whether a flow can come last.
    boolean takes(long atNanos) {
        return size == 0 || atNanos >= lastNanos();
    }

    /// Whether some flow ends its latency at this instant; only of instants that it takes.
    boolean endsAt(long atNanos) {
        return size > 0 && atNanos == lastNanos();
    }

    void add(int flow, long atNanos) {
        if (size == flows.length) {
            grow();
        }
        int at = (first + size++) & (flows.length - 1);
        flows[at] = flow;
        untilNanos[at] = atNanos;
    }

    boolean isDue(long nowNanos) {
        return size > 0 && untilNanos[first] <= nowNanos;
    }

    int removeFirst() {
        int flow = flows[first];
        first = (first + 1) & (flows.length - 1);
        size--;
        return flow;
    }

    private long lastNanos() {
        return untilNanos[(first + size - 1) & (untilNanos.length - 1)];
    }

    private void grow() {
        int[] oldFlows = flows;
        long[] oldUntil = untilNanos;
        flows = Arrays.copyOf(flows, 2 * size);
        untilNanos = Arrays.copyOf(untilNanos, 2 * size);
        for (int i = 0; i < size; i++) {
            int at = (first + i) & (size - 1);
            flows[i] = oldFlows[at];
            untilNanos[i] = oldUntil[at];
        }
        first = 0;
    }
}
