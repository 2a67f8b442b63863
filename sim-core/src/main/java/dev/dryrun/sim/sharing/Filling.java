// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.sharing;

import java.util.Arrays;

/// One pass of progressive filling that repairs a max-min fair sharing after activities came or went.
///
/// Think of a level that rises from zero and lifts the rate of every activity with it, until a resource is full or
/// a cap reached; that fixes the activities concerned. Compared with the filling of the former sharing, a resource
/// is filled in the same way up to the level at which the first of its users differs. So a resource is *touched*
/// only at the level at which a user of it leaves its former path, by stopping below its former level or by rising
/// beyond it; all others keep their rates without being looked at. The result is that of filling everything anew.
///
/// A touched resource carries `stopped` by users whose rate is fixed, and `growing` times the level by the others.
final class Filling {
    /// Levels closer than this, relatively, are one: far above rounding, far below any effect. Without it, rounding
    /// would make equal shares differ in the last digit and carry a change through the whole network.
    private static final double TIE = 1e-12;

    /// A sum of draws that has shrunk to this part of its peak has lost too many digits to cancellation.
    private static final double WORN = 1e-4;

    private static final byte FIXED = 0;
    private static final byte GROWING = 1;
    private static final byte DONE = 2;

    private final ActiveSet set;
    private final IndexedHeap fullAt = new IndexedHeap();
    private final IndexedHeap activityAt = new IndexedHeap();
    private double level;

    private final boolean[] touched;
    private final double[] stopped;
    private final double[] growing;
    private final double[] growingPeak;
    private final int[] growingCount;
    private final int[] touchedList;
    private int touchedCount;

    private int growingActivities;
    private byte[] stage = new byte[0];
    private int[] awakened = new int[0];
    private int awakenedCount;
    private int[] changed = new int[0];
    private int changedCount;

    Filling(ActiveSet set) {
        this.set = set;
        int resources = set.capacityPerSecond.length;
        touched = new boolean[resources];
        stopped = new double[resources];
        growing = new double[resources];
        growingPeak = new double[resources];
        growingCount = new int[resources];
        touchedList = new int[resources];
    }

    int changedCount() {
        return changedCount;
    }

    int changed(int index) {
        return changed[index];
    }

    /// Begins a pass; then come `grow` and `touchAt`, then `fill`.
    void begin() {
        int length = set.resources.length;
        if (stage.length < length) {
            stage = Arrays.copyOf(stage, length);
            awakened = Arrays.copyOf(awakened, length);
            changed = Arrays.copyOf(changed, length);
        }
        level = 0;
        changedCount = 0;
    }

    /// Reports an activity as changed that got its rate elsewhere.
    void noteChanged(int activity) {
        changed = changedCount < changed.length ? changed : Arrays.copyOf(changed, 2 * changedCount + 1);
        changed[changedCount++] = activity;
    }

    /// Lets an activity without a rate take part.
    void grow(int activity) {
        if (stage[activity] == GROWING) {
            return;
        }
        startGrowing(activity);
        if (set.capLevel[activity] < Double.POSITIVE_INFINITY) {
            activityAt.set(activity, key(set.capLevel[activity]));
        }
    }

    /// Has a resource touched when the level gets there, if nothing touches it before.
    void touchAt(int resource, double atLevel) {
        fullAt.set(resource, key(atLevel));
    }

    void fill() {
        while (true) {
            if (growingActivities == 0) {
                activityAt.clear();
                if (fullAt.isEmpty()) {
                    break;
                }
            }
            if (activityAt.isEmpty() || (!fullAt.isEmpty() && fullAt.headKey() <= activityAt.headKey())) {
                level = Math.max(level, Double.longBitsToDouble(fullAt.headKey()));
                reachResource(fullAt.head());
            } else {
                level = Math.max(level, Double.longBitsToDouble(activityAt.headKey()));
                reachActivity(activityAt.head());
            }
        }
        for (int i = 0; i < touchedCount; i++) {
            touched[touchedList[i]] = false;
        }
        touchedCount = 0;
        for (int i = 0; i < awakenedCount; i++) {
            stage[awakened[i]] = FIXED;
        }
        awakenedCount = 0;
    }

    private void reachResource(int resource) {
        if (!touched[resource]) {
            touch(resource);
        } else if (growingCount[resource] == 0) {
            fullAt.remove(resource);
        } else {
            double full = fullLevel(resource);
            if (full > level) {
                fullAt.set(resource, key(full));
            } else {
                fullAt.remove(resource);
                stopUsers(resource);
            }
        }
    }

    private void stopUsers(int resource) {
        int[] users = set.users[resource];
        int count = set.userCount[resource];
        for (int i = 0; i < count; i++) {
            if (stage[users[i]] == GROWING) {
                stop(users[i], level, resource);
            }
        }
    }

    /// The level has come to an activity's cap, or just past its former level.
    private void reachActivity(int activity) {
        activityAt.remove(activity);
        if (stage[activity] != GROWING) {
            return;
        }
        if (level >= set.capLevel[activity]) {
            stop(activity, set.capLevel[activity], ActiveSet.CAP);
            return;
        }
        if (!touched[set.bottleneck[activity]]) {
            stage[activity] = FIXED;
            leaveGrowing(activity);
            return;
        }
        for (int resource : set.resources[activity]) {
            if (!touched[resource]) {
                touch(resource);
            }
        }
        if (set.capLevel[activity] < Double.POSITIVE_INFINITY) {
            activityAt.set(activity, key(set.capLevel[activity]));
        }
    }

    private void touch(int resource) {
        int[] users = set.users[resource];
        double[] draws = set.userDraw[resource];
        int count = set.userCount[resource];
        double stoppedSum = 0;
        double growingSum = 0;
        int growingUsers = 0;
        for (int i = 0; i < count; i++) {
            int user = users[i];
            if (stage[user] == FIXED && (set.level[user] > level || set.bottleneck[user] == resource)) {
                awaken(user);
            }
            if (stage[user] == GROWING) {
                growingSum += draws[i];
                growingUsers++;
            } else {
                stoppedSum += draws[i] * set.level[user];
            }
        }
        stopped[resource] = stoppedSum;
        growing[resource] = growingSum;
        growingPeak[resource] = growingSum;
        growingCount[resource] = growingUsers;
        touched[resource] = true;
        touchedList[touchedCount++] = resource;
        if (growingUsers > 0) {
            fullAt.set(resource, key(Math.max(level, fullLevel(resource))));
        } else {
            fullAt.remove(resource);
        }
    }

    /// Lets an activity grow that keeps its former rate so far; at the latest past its former level it must decide.
    private void awaken(int activity) {
        startGrowing(activity);
        double former = set.level[activity];
        activityAt.set(activity, key(Math.min(set.capLevel[activity], former * (1 + TIE))));
        int[] resources = set.resources[activity];
        for (int k = 0; k < resources.length; k++) {
            int resource = resources[k];
            if (touched[resource]) {
                double draw = set.weight[activity] * set.usagePerUnit[activity][k];
                stopped[resource] -= draw * former;
                growing[resource] += draw;
                growingPeak[resource] = Math.max(growingPeak[resource], growing[resource]);
                growingCount[resource]++;
                fullAt.set(resource, key(Math.max(level, fullLevel(resource))));
            }
        }
    }

    private void startGrowing(int activity) {
        stage[activity] = GROWING;
        growingActivities++;
        if (awakenedCount == awakened.length) {
            awakened = Arrays.copyOf(awakened, 2 * awakenedCount);
        }
        awakened[awakenedCount++] = activity;
    }

    private void stop(int activity, double atLevel, int bottleneck) {
        stage[activity] = DONE;
        set.bottleneck[activity] = bottleneck;
        boolean same = Math.abs(atLevel - set.level[activity]) <= 2 * TIE * atLevel;
        if (!same) {
            set.level[activity] = atLevel;
            noteChanged(activity);
        }
        leaveGrowing(activity);
        if (!same) {
            for (int resource : set.resources[activity]) {
                if (!touched[resource]) {
                    touch(resource);
                }
            }
        }
    }

    private void leaveGrowing(int activity) {
        growingActivities--;
        int[] resources = set.resources[activity];
        double atLevel = set.level[activity];
        for (int k = 0; k < resources.length; k++) {
            int resource = resources[k];
            if (touched[resource]) {
                double draw = set.weight[activity] * set.usagePerUnit[activity][k];
                stopped[resource] += draw * atLevel;
                growing[resource] -= draw;
                growingCount[resource]--;
                if (growing[resource] < WORN * growingPeak[resource]) {
                    sumGrowing(resource);
                }
            }
        }
    }

    private void sumGrowing(int resource) {
        double sum = 0;
        for (int i = 0; i < set.userCount[resource]; i++) {
            if (stage[set.users[resource][i]] == GROWING) {
                sum += set.userDraw[resource][i];
            }
        }
        growing[resource] = sum;
        growingPeak[resource] = sum;
    }

    private double fullLevel(int resource) {
        return (set.capacityPerSecond[resource] - stopped[resource]) / growing[resource];
    }

    /// Levels are not negative, so their bits are ordered as they are.
    private static long key(double level) {
        return Double.doubleToRawLongBits(level);
    }
}
