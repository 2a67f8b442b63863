// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.Route;
import dev.dryrun.sim.sharing.Footprint;
import java.util.Arrays;

/// A sum of usages by resource that grows into a footprint; resources keep the order in which they came.
final class LinkUsage {
    private int[] resources;
    private double[] usage;
    private int size;
    /// Open addressing: position + 1 of a resource, 0 where free; twice as long as needed at least.
    private int[] slots;

    /// @param expected number of resources it will probably have
    LinkUsage(int expected) {
        int length = Math.max(8, Integer.highestOneBit(2 * expected - 1));
        resources = new int[length];
        usage = new double[length];
        slots = new int[2 * length];
    }

    void add(int resource, double perByte) {
        int slot = slotOf(resource);
        if (slots[slot] != 0) {
            usage[slots[slot] - 1] += perByte;
            return;
        }
        if (size == resources.length) {
            grow();
            slot = slotOf(resource);
        }
        resources[size] = resource;
        usage[size] = perByte;
        slots[slot] = ++size;
    }

    void add(Route route, double perByte) {
        for (int i = 0; i < route.resources().length; i++) {
            add(route.resources()[i], route.shares()[i] * perByte);
        }
    }

    Footprint toFootprint() {
        return new Footprint(Arrays.copyOf(resources, size), Arrays.copyOf(usage, size));
    }

    private int slotOf(int resource) {
        int mask = slots.length - 1;
        int slot = ((resource * 0x9E3779B9) >>> 7) & mask;
        while (slots[slot] != 0 && resources[slots[slot] - 1] != resource) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        resources = Arrays.copyOf(resources, 2 * size);
        usage = Arrays.copyOf(usage, 2 * size);
        slots = new int[4 * size];
        for (int i = 0; i < size; i++) {
            slots[slotOf(resources[i])] = i + 1;
        }
    }
}
