// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.crosscheck;

import dev.dryrun.hardware.kernel.Gemm;
import dev.dryrun.hardware.kernel.KernelModel;

/// A collective over the weights of a layer that runs beside the kernels of another: gathers of sharded parameters, and
/// reductions of gradients.
final class ShardOverlap {
    /// Bytes a token and unit of width that a layer's kernels move beside its products (norms, activation, additions).
    private static final double BYTES_PER_ELEMENT = 40;

    private final SharedGpu gpu;
    private final KernelModel kernels;
    private final int channels;

    /// @param channels of the library, a block on a compute unit each
    ShardOverlap(SharedGpu gpu, KernelModel kernels, int channels) {
        this.gpu = gpu;
        this.kernels = kernels;
        this.channels = channels;
    }

    /// Share of the transfer that still costs where the kernels are the longer: (T - C) / c.
    double share(LayerProducts layer) {
        double bytes = layer.weightBytes();
        var beside = new ListedFlows();
        var alone = new ListedFlows();
        beside.add(gpu.transfer(bytes, channels));
        int last = ListedFlows.NOTHING;
        int lastAlone = ListedFlows.NOTHING;
        // As many micro-batches of kernels as outlast the transfer.
        double kernelSeconds = 0;
        while (kernelSeconds < 2 * gpu.transferSeconds(bytes)) {
            for (Gemm product : layer.forward()) {
                var kernel = gpu.kernel(kernels.gemmSeconds(product), product.memoryBytes());
                last = beside.add(kernel, last);
                lastAlone = alone.add(kernel, lastAlone);
                kernelSeconds += kernels.gemmSeconds(product);
            }
            double moved = BYTES_PER_ELEMENT * layer.tokens() * layer.hidden();
            var elementwise = gpu.kernel(kernels.bytesSeconds(moved), moved);
            last = beside.add(elementwise, last);
            lastAlone = alone.add(elementwise, lastAlone);
            kernelSeconds += kernels.bytesSeconds(moved);
        }
        return (beside.seconds(gpu) - alone.seconds(gpu)) / gpu.transferSeconds(bytes);
    }
}
