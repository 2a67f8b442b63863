// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import java.util.Arrays;

/// The activities that share resources now, by number, and for each resource the list of its users.
///
/// An activity's *level* is its rate over its weight; its *draw* on a resource is weight times usage, so that the
/// resource carries draw times level. All arrays are indexed by activity or by resource.
final class ActiveSet {
    /// Stands for a bottleneck where the activity's own cap limits it.
    static final int CAP = -1;
    /// Stands for a bottleneck where the activity has no rate yet.
    static final int NONE = -2;

    private static final int[] NO_RESOURCES = Footprint.NOTHING.resources();
    private static final double[] NO_USAGE = Footprint.NOTHING.usagePerUnit();

    final double[] capacityPerSecond;

    int[][] resources = new int[0][];
    double[][] usagePerUnit = new double[0][];
    double[] weight = new double[0];
    double[] capLevel = new double[0];
    double[] level = new double[0];
    int[] bottleneck = new int[0];

    final int[] userCount;
    final int[][] users;
    final double[][] userDraw;

    /// Where each of an activity's resources lists it, and where each user's resource stands in its footprint.
    private int[][] placeInUsers = new int[0][];

    private final int[][] placeInFootprint;

    ActiveSet(double[] capacityPerSecond) {
        for (double capacity : capacityPerSecond) {
            if (!(capacity >= 0) || Double.isInfinite(capacity)) {
                throw new IllegalArgumentException(
                        "capacityPerSecond is " + capacity + "; it must be finite and not negative");
            }
        }
        this.capacityPerSecond = capacityPerSecond.clone();
        int count = capacityPerSecond.length;
        userCount = new int[count];
        users = new int[count][0];
        userDraw = new double[count][0];
        placeInFootprint = new int[count][0];
    }

    void add(int activity, Footprint footprint, double weight, double capPerSecond) {
        if (activity >= resources.length) {
            growTo(Math.max(activity + 1, 2 * resources.length));
        }
        int[] used = footprint.resources();
        resources[activity] = used;
        usagePerUnit[activity] = footprint.usagePerUnit();
        this.weight[activity] = weight;
        capLevel[activity] = capPerSecond / weight;
        level[activity] = Double.POSITIVE_INFINITY;
        bottleneck[activity] = NONE;
        if (placeInUsers[activity].length < used.length) {
            placeInUsers[activity] = new int[used.length];
        }
        for (int k = 0; k < used.length; k++) {
            link(activity, k, used[k], weight * usagePerUnit[activity][k]);
        }
    }

    /// Whether nobody else uses any of an activity's resources.
    boolean isAlone(int activity) {
        for (int resource : resources[activity]) {
            if (userCount[resource] > 1) {
                return false;
            }
        }
        return true;
    }

    /// Gives an activity that is alone the rate that its narrowest resource or its cap allows.
    void settle(int activity) {
        double most = capLevel[activity];
        int narrowest = CAP;
        for (int k = 0; k < resources[activity].length; k++) {
            double full = capacityPerSecond[resources[activity][k]] / (weight[activity] * usagePerUnit[activity][k]);
            if (full < most) {
                most = full;
                narrowest = resources[activity][k];
            }
        }
        level[activity] = most;
        bottleneck[activity] = narrowest;
    }

    void remove(int activity) {
        for (int k = 0; k < resources[activity].length; k++) {
            unlink(resources[activity][k], placeInUsers[activity][k]);
        }
        resources[activity] = NO_RESOURCES;
        usagePerUnit[activity] = NO_USAGE;
        level[activity] = 0;
        bottleneck[activity] = CAP;
    }

    private void link(int activity, int k, int resource, double draw) {
        int at = userCount[resource]++;
        if (at == users[resource].length) {
            int length = Math.max(4, 2 * at);
            users[resource] = Arrays.copyOf(users[resource], length);
            userDraw[resource] = Arrays.copyOf(userDraw[resource], length);
            placeInFootprint[resource] = Arrays.copyOf(placeInFootprint[resource], length);
        }
        users[resource][at] = activity;
        userDraw[resource][at] = draw;
        placeInFootprint[resource][at] = k;
        placeInUsers[activity][k] = at;
    }

    /// The last user takes the place of the one that leaves.
    private void unlink(int resource, int at) {
        int last = --userCount[resource];
        int activity = users[resource][last];
        int k = placeInFootprint[resource][last];
        users[resource][at] = activity;
        userDraw[resource][at] = userDraw[resource][last];
        placeInFootprint[resource][at] = k;
        placeInUsers[activity][k] = at;
    }

    private void growTo(int length) {
        int old = resources.length;
        resources = Arrays.copyOf(resources, length);
        usagePerUnit = Arrays.copyOf(usagePerUnit, length);
        placeInUsers = Arrays.copyOf(placeInUsers, length);
        Arrays.fill(resources, old, length, NO_RESOURCES);
        Arrays.fill(usagePerUnit, old, length, NO_USAGE);
        Arrays.fill(placeInUsers, old, length, NO_RESOURCES);
        weight = Arrays.copyOf(weight, length);
        capLevel = Arrays.copyOf(capLevel, length);
        level = Arrays.copyOf(level, length);
        bottleneck = Arrays.copyOf(bottleneck, length);
    }
}
