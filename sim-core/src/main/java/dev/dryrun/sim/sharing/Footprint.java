// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import java.util.Arrays;

/// What one unit of an activity's work uses of each resource it touches.
///
/// @param resources numbers of the resources, each at most once
/// @param usagePerUnit usage of the resource of the same position, in units of the resource's capacity times seconds
public record Footprint(int[] resources, double[] usagePerUnit) {
    public static final Footprint NOTHING = new Footprint(new int[0], new double[0]);

    public Footprint {
        if (resources.length != usagePerUnit.length) {
            throw new IllegalArgumentException(resources.length + " resources but " + usagePerUnit.length
                    + " usages; there must be one usage each");
        }
        for (double usage : usagePerUnit) {
            if (!(usage > 0) || Double.isInfinite(usage)) {
                throw new IllegalArgumentException("usagePerUnit is " + usage + "; it must be positive and finite");
            }
        }
    }

    public int size() {
        return resources.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Footprint that
                && Arrays.equals(resources, that.resources)
                && Arrays.equals(usagePerUnit, that.usagePerUnit);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(resources) + Arrays.hashCode(usagePerUnit);
    }
}
