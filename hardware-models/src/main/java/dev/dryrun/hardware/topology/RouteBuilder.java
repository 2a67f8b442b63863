// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.Arrays;

/// A route in the making: resources in the order in which they are met, each once.
final class RouteBuilder {
    private int[] resources = new int[8];
    private double[] shares = new double[8];
    private int size;

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

    Route build(double latencySeconds) {
        return new Route(Arrays.copyOf(resources, size), Arrays.copyOf(shares, size), latencySeconds);
    }
}
