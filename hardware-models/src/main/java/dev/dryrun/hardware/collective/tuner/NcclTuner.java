// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.hardware.collective.tuner;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.hardware.collective.Group;
import dev.dryrun.hardware.collective.Protocol;
import dev.dryrun.hardware.collective.Tuner;
import java.util.OptionalDouble;

/// How NCCL 2.30 chooses.
///
///     time = latency + bytes / bandwidth
///
/// Latencies are [NcclLatency]'s, bandwidths [NcclBandwidth]'s. At the call the bandwidth of a tree, and of NVLS trees
/// of Blackwell, is corrected by size, and the latency of a ring in the bulk protocol over nodes is 1.4 times as long
/// (1.9 before Ampere) from 64 bytes for each channel and rank on. Source: NVIDIA/nccl at 5067397c26, `tuning.cc`,
/// `enqueue.cc`. Hosts are taken to be Intel's, interfaces to add no latency of their own.
final class NcclTuner implements Tuner {
    private static final double[] LL = {
        1, 1, 1, 1, .9, .8, .7, .7, .7, .7, .6, .5, .4, .4, .5, .6, .7, .8, .9, 1, 1, 1, 1, 1
    };
    private static final double[] LL128 = {
        1, 1, 1, 1, 1, .9, .8, .8, .8, .7, .6, .6, .6, .6, .6, .6, .8, .9, .9, .9, .9, 1, 1, 1
    };
    private static final double[] SIMPLE = {
        .9, .9, .9, .9, .9, .9, .9, .8, .7, .6, .6, .5, .5, .5, .5, .6, .7, .8, .7, .7, .8, .9, .9, .9
    };
    private static final double LONGER = 1.4;
    private static final double LONGER_BEFORE_AMPERE = 1.9;
    private static final int FEWEST_BYTES = 64;

    @Override
    public String name() {
        return "nccl-2.30";
    }

    @Override
    public String library() {
        return "nccl";
    }

    @Override
    public Table table(CollectiveKind kind, Group group) {
        var bandwidth = new NcclBandwidth(kind, group);
        var latency = new NcclLatency(kind, group);
        return (algorithm, protocol, bytes) -> {
            double rate = bandwidth.of(algorithm, protocol);
            if (!(rate > 0)) {
                return OptionalDouble.empty();
            }
            boolean corrected = algorithm.equals("tree")
                    || (algorithm.equals("nvls-tree") && bandwidth.gpu() == GpuGeneration.BLACKWELL);
            double factor = corrected ? SizeCorrection.factor(correction(protocol), bytes) : 1;
            double micros = latency.micros(algorithm, protocol);
            // Channels of a communicator are twice those that the search finds.
            double piece = bytes / (2.0 * bandwidth.rings().count() * group.ranks());
            if (algorithm.equals("ring")
                    && protocol == Protocol.SIMPLE
                    && kind == CollectiveKind.ALL_REDUCE
                    && group.nodes() > 1
                    && piece >= FEWEST_BYTES) {
                micros *= bandwidth.gpu() == GpuGeneration.VOLTA ? LONGER_BEFORE_AMPERE : LONGER;
            }
            return OptionalDouble.of(micros * 1e-6 + bytes / (rate * factor * 1e9));
        };
    }

    private static double[] correction(Protocol protocol) {
        return switch (protocol) {
            case LL -> LL;
            case LL128 -> LL128;
            case SIMPLE -> SIMPLE;
        };
    }
}
