// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.topology;

import java.util.List;

/// What rings among the GPUs of a node use of its wires.
///
/// @param wires resources, counted from the first of the node
/// @param usagePerByte of a ring's traffic, over all rings together
/// @param bytesPerSecond raw rate of the traffic, all rings together, that the narrowest wire allows
/// @param generation of the links that rings run on
/// @param pairwise whether every pair of the GPUs has a link of its own, all equal
/// @param orders of the rings, each as positions in the node; empty where all links between pairs are in use
public record RingUse(
        int[] wires,
        double[] usagePerByte,
        double bytesPerSecond,
        String generation,
        boolean pairwise,
        List<int[]> orders) {}
