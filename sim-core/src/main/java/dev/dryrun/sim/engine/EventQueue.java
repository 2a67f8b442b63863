// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.engine;

import java.util.Arrays;

/// The pending events in order of time, then of arrival: a 4-ary heap on primitive arrays, without allocation per
/// event.
///
/// An event takes two longs: its time, and its sequence number above its 32-bit payload. The sequence number
/// is 31 bits wide and is renumbered when it runs out, which keeps the order of what is pending.
public final class EventQueue {
    private static final long PAYLOAD_MASK = 0xffff_ffffL;
    static final long LAST_SEQUENCE = Integer.MAX_VALUE;

    private long[] heap = new long[128];
    private int size;
    private long nextSequence;

    public EventQueue() {
        this(0);
    }

    EventQueue(long firstSequence) {
        nextSequence = firstSequence;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public int size() {
        return size;
    }

    /// Time of the earliest event; the queue must not be empty.
    public long headTimeNanos() {
        return heap[0];
    }

    /// Adds an event at a time that may lie before others already pending.
    public void push(long timeNanos, int event) {
        if (2 * size == heap.length) {
            heap = Arrays.copyOf(heap, 4 * size);
        }
        if (nextSequence == LAST_SEQUENCE) {
            renumber();
        }
        siftUp(size++, timeNanos, nextSequence++ << 32 | (event & PAYLOAD_MASK));
    }

    /// Removes the earliest event and returns its payload.
    public int pop() {
        int event = (int) heap[1];
        size--;
        if (size > 0) {
            siftDown(heap[2 * size], heap[2 * size + 1]);
        }
        return event;
    }

    private void siftUp(int position, long time, long tag) {
        long[] a = heap;
        int i = position;
        while (i > 0) {
            int parent = (i - 1) >> 2;
            // A new event has the greatest sequence number, so at equal times it stays below.
            if (a[2 * parent] <= time) {
                break;
            }
            a[2 * i] = a[2 * parent];
            a[2 * i + 1] = a[2 * parent + 1];
            i = parent;
        }
        a[2 * i] = time;
        a[2 * i + 1] = tag;
    }

    private void siftDown(long time, long tag) {
        long[] a = heap;
        int i = 0;
        while (true) {
            int first = (i << 2) + 1;
            if (first >= size) {
                break;
            }
            int end = Math.min(first + 4, size);
            int best = first;
            long bestTime = a[2 * first];
            for (int k = first + 1; k < end; k++) {
                long candidate = a[2 * k];
                if (candidate < bestTime || (candidate == bestTime && a[2 * k + 1] < a[2 * best + 1])) {
                    best = k;
                    bestTime = candidate;
                }
            }
            if (time < bestTime || (time == bestTime && tag < a[2 * best + 1])) {
                break;
            }
            a[2 * i] = bestTime;
            a[2 * i + 1] = a[2 * best + 1];
            i = best;
        }
        a[2 * i] = time;
        a[2 * i + 1] = tag;
    }

    private void renumber() {
        long[] old = Arrays.copyOf(heap, 2 * size);
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (x, y) -> {
            int byTime = Long.compare(old[2 * x], old[2 * y]);
            return byTime != 0 ? byTime : Long.compare(old[2 * x + 1], old[2 * y + 1]);
        });
        // A sorted array is a heap.
        for (int i = 0; i < size; i++) {
            heap[2 * i] = old[2 * order[i]];
            heap[2 * i + 1] = (long) i << 32 | (old[2 * order[i] + 1] & PAYLOAD_MASK);
        }
        nextSequence = size;
    }
}
