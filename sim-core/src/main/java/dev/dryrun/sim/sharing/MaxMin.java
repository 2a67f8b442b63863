// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import java.util.Arrays;

/// Weighted max-min fair rates of activities, kept up to date as activities come and go.
///
///     x_i = min(cap_i, w_i * min over the resources r of i of L_r)
///
/// w_i is the weight, and L_r the level at which resource r is full when the rates of all its users rise together
/// in proportion to their weights, each until it is stopped elsewhere: sum over i of usage_ir * x_i <= capacity_r.
/// No rate can be raised without lowering one that is not larger, each relative to its weight. Source: Bertsekas
/// and Gallager, Data Networks, 2nd edition, 1992, section 6.5.2 (progressive filling).
///
/// A solution costs time for what changes, not for all there is; see [Filling].
public final class MaxMin {
    private final ActiveSet set;
    private final Filling filling;

    /// Resources whose users have changed, each with the lowest level of an activity that left it.
    private final int[] dirty;

    private final boolean[] isDirty;
    private final boolean[] hasNewUser;
    private final double[] leftLevel;
    private int dirtyCount;

    private int[] added = new int[16];
    private int addedCount;

    public MaxMin(double[] capacityPerSecond) {
        set = new ActiveSet(capacityPerSecond);
        filling = new Filling(set);
        dirty = new int[capacityPerSecond.length];
        isDirty = new boolean[capacityPerSecond.length];
        hasNewUser = new boolean[capacityPerSecond.length];
        leftLevel = new double[capacityPerSecond.length];
        Arrays.fill(leftLevel, Double.POSITIVE_INFINITY);
    }

    /// Adds an activity under a number that is free; it has no rate before the next `solve`.
    public void add(int activity, Footprint footprint, double weight, double capPerSecond) {
        set.add(activity, footprint, weight, capPerSecond);
        for (int resource : footprint.resources()) {
            markDirty(resource);
            hasNewUser[resource] = true;
        }
        if (addedCount == added.length) {
            added = Arrays.copyOf(added, 2 * addedCount);
        }
        added[addedCount++] = activity;
    }

    /// Removes an activity; its number is free again.
    public void remove(int activity) {
        for (int resource : set.resources[activity]) {
            if (set.userCount[resource] > 1) {
                markDirty(resource);
                leftLevel[resource] = Math.min(leftLevel[resource], set.level[activity]);
            }
        }
        set.remove(activity);
    }

    /// Brings all rates up to date.
    public void solve() {
        filling.begin();
        for (int i = 0; i < addedCount; i++) {
            if (set.bottleneck[added[i]] != ActiveSet.NONE) {
                continue;
            }
            if (set.isAlone(added[i])) {
                settle(added[i]);
            } else {
                filling.grow(added[i]);
            }
        }
        addedCount = 0;
        for (int i = 0; i < dirtyCount; i++) {
            int resource = dirty[i];
            double first = leftLevel[resource];
            if (hasNewUser[resource]) {
                first = Math.min(first, earliestFullLevel(resource));
            }
            if (first < Double.POSITIVE_INFINITY) {
                filling.touchAt(resource, first);
            }
            isDirty[resource] = false;
            hasNewUser[resource] = false;
            leftLevel[resource] = Double.POSITIVE_INFINITY;
        }
        dirtyCount = 0;
        filling.fill();
    }

    /// Gives a new activity that shares nothing its rate; whoever left its resources concerns nobody then.
    private void settle(int activity) {
        set.settle(activity);
        filling.noteChanged(activity);
        for (int resource : set.resources[activity]) {
            hasNewUser[resource] = false;
            leftLevel[resource] = Double.POSITIVE_INFINITY;
        }
    }

    /// The rate of an activity as of the last `solve`.
    public double ratePerSecond(int activity) {
        return set.weight[activity] * set.level[activity];
    }

    /// How many activities got another rate (or their first one) in the last `solve`.
    public int changedCount() {
        return filling.changedCount();
    }

    /// The number of the activity at a position among those with another rate.
    public int changed(int index) {
        return filling.changed(index);
    }

    private void markDirty(int resource) {
        if (!isDirty[resource]) {
            isDirty[resource] = true;
            dirty[dirtyCount++] = resource;
        }
    }

    /// A level that the resource cannot be full below, if only its own new users change anything.
    ///
    /// Each round takes the users that stop below the bound so far at their rate, which raises the bound.
    private double earliestFullLevel(int resource) {
        double bound = 0;
        for (int round = 0; round < 3; round++) {
            double stopped = 0;
            double growing = 0;
            for (int i = 0; i < set.userCount[resource]; i++) {
                double draw = set.userDraw[resource][i];
                double level = set.level[set.users[resource][i]];
                if (level < bound) {
                    stopped += draw * level;
                } else {
                    growing += draw;
                }
            }
            bound = Math.max(bound, (set.capacityPerSecond[resource] - stopped) / growing);
        }
        return bound;
    }
}
