// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective;

import dev.dryrun.hardware.topology.BoxUse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rings along all axes of a torus at once, for groups that are a box of it.
///
/// The data are cut into k shares, one for each of the k axes of the box. Share j is reduce-scattered along axis j,
/// what is left of it along axis j+1, and so on around, so that in each of the k phases every axis works for one share,
/// both ways. All-gather is the same backwards, all-reduce both. On closed axes of one length
///
///     T = t0 + rounds h a + f S / (2 k b),   f = rounds (n-1)/n
///
/// h is the sum of the steps along the axes, a the latency of one, b the rate of a link and n the number of chips.
/// Where axes differ a phase ends with its slowest axis. Over several nodes each node does its part so, while a ring
/// over the nodes carries the parts: the two overlap.
///
/// Sources: Jain, Sabharwal, 2010, doi:10.1145/1810085.1810093 (rings on all axes of a torus, unverified); Austin et
/// al., How to Scale Your Model, 2025, part 3 (an all-gather over k axes takes a k-th of the time).
final class TorusRing implements CollectiveAlgorithm {
    /// Where phases wait for no axis, their sum is the rate of the links but for rounding.
    private static final double ROUNDING = 1e-9;

    @Override
    public String name() {
        return "torus-ring";
    }

    @Override
    public boolean offers(CollectiveKind kind, Group group) {
        return switch (kind) {
            case ALL_REDUCE, ALL_GATHER, REDUCE_SCATTER -> group.membersPerNode() > 1 && boxes(group) != null;
            case BROADCAST, REDUCE, ALL_TO_ALL, SEND_RECV, BARRIER -> false;
        };
    }

    /// The box of each node's members; null where one is none or not as large as the others.
    private static @Nullable List<BoxUse> boxes(Group group) {
        List<BoxUse> boxes = new ArrayList<>();
        for (int[] members : group.membersByNode()) {
            BoxUse box = members.length == group.membersPerNode() ? group.boxOf(members) : null;
            if (box == null) {
                return null;
            }
            boxes.add(box);
        }
        return boxes;
    }

    @Override
    public CollectivePlan plan(CollectiveKind kind, Group group) {
        List<BoxUse> boxes = boxes(group);
        if (boxes == null) {
            throw new IllegalArgumentException("a group is no box of a torus");
        }
        int rounds = kind.rounds();
        double efficiency = group.efficiency().ring();
        var usage = group.newUsage();
        double slowest = Double.POSITIVE_INFINITY;
        int hops = 0;
        for (int node = 0; node < boxes.size(); node++) {
            List<BoxUse.Axis> axes = boxes.get(node).axes();
            int first = group.firstWireOf(group.membersByNode().get(node));
            for (int axis = 0; axis < axes.size(); axis++) {
                BoxUse.Axis along = axes.get(axis);
                double moved = 0;
                for (int phase = 0; phase < axes.size(); phase++) {
                    moved += left(axes, axis, phase);
                }
                for (int i = 0; i < along.wires().length; i++) {
                    usage.add(first + along.wires()[i], rounds * moved * along.usagePerByte()[i] / efficiency);
                }
            }
            slowest = Math.min(slowest, efficiency / (rounds * secondsPerByte(axes)));
            hops = Math.max(hops, axes.stream().mapToInt(BoxUse.Axis::hops).sum());
        }
        int nodes = group.nodes();
        group.addBetweenNodes(
                usage, rounds * (nodes - 1.0) / nodes / group.networkClass().ringEfficiency());
        double latencySeconds = group.library().baseSeconds()
                + rounds * hops * group.library().bulkHopSeconds()
                + rounds
                        * ((nodes - 1) * group.networkClass().messageLatencySeconds()
                                + (nodes > 1 ? group.lineSecondsAround() : 0));
        Stage stage = group.stage(usage);
        boolean waits = slowest < stage.aloneBytesPerSecond() * (1 - ROUNDING);
        return CollectivePlan.of(this, latencySeconds, waits ? group.stage(usage, slowest) : stage);
    }

    /// Part of the data that is left in a phase of the share that works along an axis then.
    private static double left(List<BoxUse.Axis> axes, int axis, int phase) {
        double left = 1.0 / axes.size();
        for (int before = 1; before <= phase; before++) {
            left /= axes.get(Math.floorMod(axis - before, axes.size())).members();
        }
        return left;
    }

    /// Time of all phases for each byte, each as long as its slowest axis.
    private static double secondsPerByte(List<BoxUse.Axis> axes) {
        double sum = 0;
        for (int phase = 0; phase < axes.size(); phase++) {
            double longest = 0;
            for (int axis = 0; axis < axes.size(); axis++) {
                longest = Math.max(
                        longest, left(axes, axis, phase) / axes.get(axis).bytesPerSecond());
            }
            sum += longest;
        }
        return sum;
    }
}
