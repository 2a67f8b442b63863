// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.Arrays;

/// A route in the making: resources in the order in which they are met, each once.
final class RouteBuilder {
    private int[] resources = new int[8];
    private double[] shares = new double[8];
    private int size;
    private int switches;
    private double lineSeconds;

    void add(int resource, double share) {
        for (int i = 0; i < size; i++) {
            if (resources[i] == resource) {
                shares[i] += share;
                return;
            }
        }
        if (size == resources.length) {
            resources = Arrays.copyOf(resources, 2 * size);
            shares = Arrays.copyOf(shares, 2 * size);
        }
        resources[size] = resource;
        shares[size++] = share;
    }

    /// Says how many switches one way comes through; the longest way counts.
    void through(int count) {
        switches = Math.max(switches, count);
    }

    /// Says that the way follows a long line.
    void along(double seconds) {
        lineSeconds = Math.max(lineSeconds, seconds);
    }

    /// @param endsSeconds latency of the interfaces at both ends
    /// @param switchSeconds latency of a switch
    Route build(double endsSeconds, double switchSeconds) {
        return new Route(
                Arrays.copyOf(resources, size),
                Arrays.copyOf(shares, size),
                endsSeconds + switches * switchSeconds + lineSeconds,
                lineSeconds);
    }
}
