// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective.tuner;

import dev.dryrun.hardware.topology.NodeType;
import java.util.List;

/// A generation of NVIDIA's GPUs as NCCL's tables tell them apart. Rates are in GB/s; those of channels are for each.
///
/// Source: NVIDIA/nccl at 5067397c26, `topo.h`, `search.cc`, `tuning.cc`.
enum GpuGeneration {
    VOLTA(20.0 / 25, 39, 20, 0, 0, 0),
    AMPERE(20.0 / 25, 87.7, 20, 0, 0, 0),
    HOPPER(20.6 / 25, 141, 36.7, 0.85, 57.7, 45.5),
    BLACKWELL(40.1 / 50, 282, 40, 0.74, 96, 80);

    private static final double[] INSIDE_UNTIL_AMPERE = {40, 30, 20, 18, 15, 12, 10, 9, 7, 6, 5, 4, 3};
    private static final double[] INSIDE_HOPPER = {60, 50, 40, 30, 24, 20, 15, 12, 11, 6, 3};
    private static final double[] INSIDE_BLACKWELL = {90, 80, 70, 60, 50, 45, 40, 30, 24, 20, 19, 18};
    private static final double[] BETWEEN_UNTIL_AMPERE = {
        48, 30, 28, 24, 20, 18, 15, 12, 10, 9, 7, 6, 5, 4, 3, 2.4, 1.2, 0.24, 0.12
    };
    private static final double[] BETWEEN_HOPPER = {
        48, 45, 42, 40, 30, 24, 22, 20, 17.5, 15, 12, 6, 3, 2.4, 1.2, 0.24, 0.12
    };
    private static final double[] BETWEEN_BLACKWELL = {
        96, 86, 80, 48, 45.1, 42, 40, 30, 24, 22, 20, 17.5, 15, 12, 6, 3, 2.4, 1.2, 0.24, 0.12
    };

    /// What is counted of the raw rate of an NVLink.
    private final double ofRawLink;
    private final double mostLowLatency;
    private final double ringLl128;
    private final double inSwitchShare;
    private final double inSwitchTreeOfTwo;
    private final double inSwitchTree;

    GpuGeneration(
            double ofRawLink,
            double mostLowLatency,
            double ringLl128,
            double inSwitchShare,
            double inSwitchTreeOfTwo,
            double inSwitchTree) {
        this.ofRawLink = ofRawLink;
        this.mostLowLatency = mostLowLatency;
        this.ringLl128 = ringLl128;
        this.inSwitchShare = inSwitchShare;
        this.inSwitchTreeOfTwo = inSwitchTreeOfTwo;
        this.inSwitchTree = inSwitchTree;
    }

    /// That of a node, by its links, or by its GPUs where they have none of their own. Ada is Ampere to the tables.
    static GpuGeneration of(NodeType node) {
        return switch (node.link()) {
            case "nvlink2" -> VOLTA;
            case "nvlink3" -> AMPERE;
            case "nvlink4" -> HOPPER;
            case "nvlink5" -> BLACKWELL;
            default -> ofCard(node.accelerator());
        };
    }

    private static GpuGeneration ofCard(String accelerator) {
        if (List.of("h100", "h200", "h800", "gh200").stream().anyMatch(accelerator::startsWith)) {
            return HOPPER;
        }
        return accelerator.startsWith("b") || accelerator.startsWith("gb")
                ? BLACKWELL
                : accelerator.startsWith("v100") ? VOLTA : AMPERE;
    }

    /// Rates of a channel that the search tries, from high to low.
    double[] rates(boolean betweenNodes) {
        return switch (this) {
            case VOLTA, AMPERE -> betweenNodes ? BETWEEN_UNTIL_AMPERE : INSIDE_UNTIL_AMPERE;
            case HOPPER -> betweenNodes ? BETWEEN_HOPPER : INSIDE_HOPPER;
            case BLACKWELL -> betweenNodes ? BETWEEN_BLACKWELL : INSIDE_BLACKWELL;
        };
    }

    double ofRawLink() {
        return ofRawLink;
    }

    double mostLowLatency() {
        return mostLowLatency;
    }

    double ringLl128() {
        return ringLl128;
    }

    /// Cap of a tree in the bulk protocol.
    double tree(int nodes) {
        return switch (this) {
            case VOLTA -> byNodes(nodes, 26.5, 18.5, 10);
            case AMPERE -> byNodes(nodes, 24, 23.6, 17.8);
            case HOPPER -> byNodes(nodes, 38.7, 41.4, 36);
            case BLACKWELL -> byNodes(nodes, 70, 42.8, 24);
        };
    }

    /// Cap of a tree in LL128.
    double treeLl128(int nodes) {
        return switch (this) {
            case VOLTA, AMPERE -> byNodes(nodes, 20, 20, 20);
            case HOPPER -> byNodes(nodes, 36.7, 36.7, 29);
            case BLACKWELL -> byNodes(nodes, 55.6, 31.67, 20);
        };
    }

    private static double byNodes(int nodes, double one, double two, double more) {
        return nodes == 1 ? one : nodes == 2 ? two : more;
    }

    /// 0 where switches do not reduce.
    double inSwitchShare() {
        return inSwitchShare;
    }

    double inSwitchTree(int nodes) {
        return nodes == 2 ? inSwitchTreeOfTwo : inSwitchTree;
    }
}
