// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective.tuner;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Group;
import dev.dryrun.hardware.collective.Protocol;

/// Bandwidths of NCCL 2.30's table, bytes of the collective in GB/s.
///
/// Sums over channels: `c b`, b inside nodes for up to two of them, else between nodes; then
///
///     ring:      Simple c b; LL min(most, c b/2); LL128 min(0.92 c b, c cap)
///     tree:      t = min(0.92 c b, c cap); Simple t; LL min(t/3.8, most); LL128 min(t 7/9 (N = 1) or 120/128, c cap)
///     NVLS:      c b e (c-1)/c 2;   NVLS tree: c min(b e (c-1)/c 2, between (twice for N = 2), cap)
///
/// times n/steps for rings and switches (an all-reduce has 2(n-1) steps), half for trees. Source: NVIDIA/nccl at
/// 5067397c26, `tuning.cc`. Trees are taken to be balanced ones.
final class NcclBandwidth {
    private static final double TREE_OF_LINKS = 0.92;
    private static final double LL128_OF_RING = 0.92;
    private static final double TREE_LL = 3.8;
    /// Most that LL reaches over nodes, with hosts of Intel.
    private static final double LL_OVER_TWO_NODES = 39;

    private static final double LL_OVER_MORE_NODES = 20.4;

    private final CollectiveKind kind;
    private final Group group;
    private final GpuGeneration gpu;
    private final Channels rings;

    NcclBandwidth(CollectiveKind kind, Group group) {
        this.kind = kind;
        this.group = group;
        gpu = GpuGeneration.of(group.node());
        rings = Channels.ofRings(gpu, group);
    }

    GpuGeneration gpu() {
        return gpu;
    }

    Channels rings() {
        return rings;
    }

    /// 0 where the library does not have it.
    double of(String algorithm, Protocol protocol) {
        boolean allReduce = kind == CollectiveKind.ALL_REDUCE;
        return switch (algorithm) {
            case "ring" -> ring(protocol) / kind.traffic(group.ranks());
            case "tree" -> allReduce ? tree(protocol) / 2 : 0;
            case "nvls" -> allReduce && group.nodes() == 1 ? switches(false) / kind.traffic(group.ranks()) : 0;
            case "nvls-tree" -> allReduce && group.nodes() > 1 ? switches(true) / kind.traffic(group.ranks()) : 0;
            default -> 0;
        };
    }

    private double sum(Channels channels) {
        return channels.count() * (group.nodes() <= 2 ? channels.inside() : channels.between());
    }

    private double mostLowLatency() {
        return switch (group.nodes()) {
            case 1 -> gpu.mostLowLatency();
            case 2 -> LL_OVER_TWO_NODES;
            default -> LL_OVER_MORE_NODES;
        };
    }

    private double ring(Protocol protocol) {
        double sum = sum(rings);
        return switch (protocol) {
            case SIMPLE -> sum;
            case LL -> Math.min(mostLowLatency(), sum / 2);
            case LL128 -> Math.min(LL128_OF_RING * sum, rings.count() * gpu.ringLl128());
        };
    }

    private double tree(Protocol protocol) {
        Channels channels = Channels.ofTrees(gpu, group, rings);
        double sum = Math.min(TREE_OF_LINKS * sum(channels), channels.count() * gpu.tree(group.nodes()));
        return switch (protocol) {
            case SIMPLE -> sum;
            case LL -> Math.min(sum / TREE_LL, mostLowLatency());
            case LL128 ->
                Math.min(
                        sum * (group.nodes() == 1 ? 7.0 / 9 : 120.0 / 128),
                        channels.count() * gpu.treeLl128(group.nodes()));
        };
    }

    private double switches(boolean tree) {
        Channels channels = Channels.ofSwitches(gpu, group);
        int count = channels.count();
        if (count < 2 || gpu.inSwitchShare() == 0) {
            return 0;
        }
        double each = channels.inside() * gpu.inSwitchShare() * (count - 1) / count * 2;
        if (tree) {
            double between = channels.between() * (group.nodes() == 2 ? 2 : 1);
            each = Math.min(Math.min(each, between), gpu.inSwitchTree(group.nodes()));
        }
        return count * each;
    }
}
