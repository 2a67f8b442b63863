// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective.tuner;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Group;
import dev.dryrun.hardware.collective.Protocol;

/// Latencies of NCCL 2.30's table, in microseconds.
///
///     ring:      base + (H - Hx) max(a, o) + Hx x;   all-reduce H = 2(R-1), Hx = 2(N-1), gathers half of both
///     tree:      base + 2 ((p-1) a + floor(log2 N) x)
///     NVLS:      25;   NVLS tree: 25 + 2 floor(log2 N) x
///
/// a is a step over NVLink or the bus, x one through the network, o the work of the host for a network step, which
/// counts in rings over several nodes only. Broadcasts and reductions take one step, as their channels are alike. With
/// one GPU of each node x is the tree's, but for that one step. Source: NVIDIA/nccl at 5067397c26, `tuning.cc`.
final class NcclLatency {
    /// LL, LL128, Simple.
    private static final double[] TREE_BASE = {6.8, 14.0, 8.4};

    private static final double[] RING_BASE = {6.6, 14.0, 8.4};
    private static final double[] TREE_NVLINK = {0.6, 1.25, 4.0};
    private static final double[] RING_NVLINK = {0.6, 1.9, 3.4};
    private static final double[] TREE_BUS = {1.0, 1.9, 4.0};
    private static final double[] RING_BUS = {1.0, 2.5, 5.7};
    private static final double[] TREE_NETWORK = {5.0, 8.5, 14};
    private static final double[] RING_NETWORK = {2.7, 4.0, 14.0};
    private static final double IN_SWITCH = 25;
    private static final double IN_SWITCH_TREE_NETWORK = 20.9;
    private static final double HOST_STEP = 1;
    private static final double SIMPLE_HOST_STEPS = 3;

    private final CollectiveKind kind;
    private final Group group;

    NcclLatency(CollectiveKind kind, Group group) {
        this.kind = kind;
        this.group = group;
    }

    double micros(String algorithm, Protocol protocol) {
        int levels = levels(group.nodes());
        return switch (algorithm) {
            case "ring" -> ring(column(protocol), protocol);
            case "tree" -> {
                int column = column(protocol);
                double inside = (nvlink() ? TREE_NVLINK : TREE_BUS)[column];
                yield TREE_BASE[column] + 2 * ((group.membersPerNode() - 1) * inside + levels * TREE_NETWORK[column]);
            }
            case "nvls" -> IN_SWITCH;
            case "nvls-tree" -> IN_SWITCH + 2 * levels * IN_SWITCH_TREE_NETWORK;
            default -> 0;
        };
    }

    private double ring(int column, Protocol protocol) {
        double inside = (nvlink() ? RING_NVLINK : RING_BUS)[column];
        if (kind == CollectiveKind.BROADCAST || kind == CollectiveKind.REDUCE) {
            return RING_BASE[column] + (group.nodes() > 1 ? RING_NETWORK[column] : inside);
        }
        double between = (group.membersPerNode() == 1 ? TREE_NETWORK : RING_NETWORK)[column];
        int steps = kind.rounds() * (group.ranks() - 1);
        int networkSteps = kind.rounds() * (group.nodes() - 1);
        return RING_BASE[column] + (steps - networkSteps) * floored(inside, protocol) + networkSteps * between;
    }

    /// Levels of a tree as the libraries count them: whole ones, rounded down.
    static int levels(int nodes) {
        return 31 - Integer.numberOfLeadingZeros(nodes);
    }

    private double floored(double inside, Protocol protocol) {
        double host = protocol == Protocol.SIMPLE ? SIMPLE_HOST_STEPS * HOST_STEP : HOST_STEP;
        return group.nodes() > 1 ? Math.max(inside, host) : inside;
    }

    private boolean nvlink() {
        return group.membersPerNode() == 1 || group.ringLink().startsWith("nvlink");
    }

    private static int column(Protocol protocol) {
        return switch (protocol) {
            case LL -> 0;
            case LL128 -> 1;
            case SIMPLE -> 2;
        };
    }
}
