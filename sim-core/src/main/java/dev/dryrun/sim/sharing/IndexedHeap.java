// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import java.util.Arrays;

/// Numbered things in the order of a key that can be changed: a 4-ary heap on primitive arrays that knows where each
/// thing stands. Of equal keys the smaller number comes first, so that the order never depends on history.
final class IndexedHeap {
    private long[] keys = new long[64];
    private int[] things = new int[64];
    /// Position of each thing in the heap plus one; 0 where it is absent.
    private int[] place = new int[64];

    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /// The thing with the smallest key; the heap must not be empty.
    int head() {
        return things[0];
    }

    long headKey() {
        return keys[0];
    }

    /// Puts a thing in, or moves it to where its new key belongs.
    void set(int thing, long key) {
        if (thing >= place.length) {
            place = Arrays.copyOf(place, Math.max(thing + 1, 2 * place.length));
        }
        int at = place[thing] - 1;
        if (at < 0) {
            if (size == things.length) {
                things = Arrays.copyOf(things, 2 * size);
                keys = Arrays.copyOf(keys, 2 * size);
            }
            siftUp(size++, thing, key);
        } else if (key < keys[at]) {
            siftUp(at, thing, key);
        } else {
            siftDown(at, thing, key);
        }
    }

    /// Takes a thing out, if it is in.
    void remove(int thing) {
        int at = thing < place.length ? place[thing] - 1 : -1;
        if (at < 0) {
            return;
        }
        place[thing] = 0;
        size--;
        if (at < size) {
            int last = things[size];
            long key = keys[size];
            if (at > 0 && before(key, last, (at - 1) >> 2)) {
                siftUp(at, last, key);
            } else {
                siftDown(at, last, key);
            }
        }
    }

    /// Takes out all things whose key is no larger, smallest number first, and returns how many there are.
    ///
    /// @param into holds them; long enough for all that are in
    int removeUpTo(long key, int[] into) {
        int count = 0;
        int left = 0;
        for (int i = 0; i < size; i++) {
            if (keys[i] <= key) {
                into[count++] = things[i];
                place[things[i]] = 0;
            } else {
                put(left++, things[i], keys[i]);
            }
        }
        size = left;
        if (count > 0) {
            for (int i = (left - 2) >> 2; i >= 0 && left > 1; i--) {
                siftDown(i, things[i], keys[i]);
            }
        }
        Arrays.sort(into, 0, count);
        return count;
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            place[things[i]] = 0;
        }
        size = 0;
    }

    private boolean before(long key, int thing, int position) {
        return key < keys[position] || (key == keys[position] && thing < things[position]);
    }

    private void siftUp(int position, int thing, long key) {
        int i = position;
        while (i > 0) {
            int parent = (i - 1) >> 2;
            if (!before(key, thing, parent)) {
                break;
            }
            put(i, things[parent], keys[parent]);
            i = parent;
        }
        put(i, thing, key);
    }

    private void siftDown(int position, int thing, long key) {
        int i = position;
        while (true) {
            int best = (i << 2) + 1;
            if (best >= size) {
                break;
            }
            int end = Math.min(best + 4, size);
            for (int k = best + 1; k < end; k++) {
                if (before(keys[k], things[k], best)) {
                    best = k;
                }
            }
            if (before(key, thing, best)) {
                break;
            }
            put(i, things[best], keys[best]);
            i = best;
        }
        put(i, thing, key);
    }

    private void put(int position, int thing, long key) {
        things[position] = thing;
        keys[position] = key;
        place[thing] = position + 1;
    }
}
