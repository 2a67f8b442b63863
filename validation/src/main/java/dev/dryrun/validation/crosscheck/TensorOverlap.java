// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.crosscheck;

import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;
import java.util.List;

/// Gathers and scatters of tensor parallelism cut into as many chunks as there are GPUs, each beside the product of
/// another chunk, as user buffers of Transformer Engine do it.
///
/// The product of a chunk waits for its rows; a scatter's chunk for its product. So what a chunk waits for shows, each
/// further product costs a gap, and what the transfer holds of compute units and memory is missing. Products of
/// chunks follow each other on several streams, which fills the last wave of one with the first of the next: `filled`
/// says whether they do, or each pays for its own.
final class TensorOverlap {
    /// Scatters add up on compute units; gathers are copied by engines of their own. Source: defaults of Transformer
    /// Engine's user buffers, unverified.
    private static final int SCATTER_BLOCKS = 16;

    private final SharedGpu gpu;
    private final KernelModel kernels;

    TensorOverlap(SharedGpu gpu, KernelModel kernels) {
        this.gpu = gpu;
        this.kernels = kernels;
    }

    /// Share of the hidden transfers that still costs, over the four products of a layer:
    ///
    ///     sum(T - g - max(0, c - g)) / sum(min(c, g))
    ///
    /// with g the product in one piece, c its transfer, T both as they run.
    ///
    /// @param filled whether the last wave of a chunk's product is filled by the next
    double share(LayerProducts layer, boolean filled) {
        double cost = 0;
        double hidden = 0;
        List<Gemm> products = layer.forward();
        for (int i = 0; i < products.size(); i++) {
            double whole = kernels.gemmSeconds(products.get(i));
            double bytes = layer.activationBytes() * (layer.tensor() - 1) / layer.tensor();
            double transfer = gpu.transferSeconds(bytes);
            double both = seconds(products.get(i), layer, i % 2 == 0, filled);
            cost += both - whole - Math.max(0, transfer - whole);
            hidden += Math.min(transfer, whole);
        }
        return cost / hidden;
    }

    private double seconds(Gemm whole, LayerProducts layer, boolean gather, boolean filled) {
        int chunks = layer.tensor();
        Gemm part = Gemm.of(whole.m() / chunks, whole.n(), whole.k(), whole.precision());
        double gap = kernels.launchGapSeconds();
        double partSeconds = filled ? (kernels.gemmSeconds(whole) - gap) / chunks + gap : kernels.gemmSeconds(part);
        var kernel = gpu.kernel(partSeconds, part.memoryBytes());
        var transfer = gpu.transfer(layer.activationBytes() / chunks, gather ? 0 : SCATTER_BLOCKS);
        var flows = new ListedFlows();
        int product = ListedFlows.NOTHING;
        int moved = ListedFlows.NOTHING;
        for (int chunk = 0; chunk < chunks; chunk++) {
            // A GPU's own rows are there from the start, and its own sums stay.
            if (gather && chunk > 0) {
                moved = flows.add(transfer, moved);
            }
            product = flows.add(kernel, product, gather ? moved : ListedFlows.NOTHING);
            if (!gather && chunk < chunks - 1) {
                moved = flows.add(transfer, moved, product);
            }
        }
        return flows.seconds(gpu);
    }
}
