// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.crosscheck;

import dev.dryrun.hardware.accelerator.Accelerator;
import dev.dryrun.sim.sharing.Footprint;
import dev.dryrun.sim.sharing.Phase;

/// One accelerator as three resources that kernels and transfers share: compute units, memory bandwidth, its links.
///
/// A kernel of `g` seconds uses all units and its bytes over g of memory. A collective holds a block of units for each
/// of its channels while it runs, and moves each byte three times through memory: in, out, and read again for the next
/// rank of the ring. It takes what it needs first, as its blocks are there to stay.
final class SharedGpu {
    private static final int UNITS = 0;
    private static final int MEMORY = 1;
    private static final int LINK = 2;
    private static final double MEMORY_BYTES_PER_BYTE = 3;
    /// So much sooner does a collective get its share that what kernels get is the rest.
    private static final double FIRST = 1e6;

    private final Accelerator accelerator;
    private final double linkBytesPerSecond;

    /// @param linkBytesPerSecond what a ring gets out of the links
    SharedGpu(Accelerator accelerator, double linkBytesPerSecond) {
        this.accelerator = accelerator;
        this.linkBytesPerSecond = linkBytesPerSecond;
    }

    double[] capacityPerSecond() {
        return new double[] {accelerator.computeUnits(), accelerator.memoryBytesPerSecond(), linkBytesPerSecond};
    }

    /// A kernel; its unit of work is a second of it alone.
    ///
    /// @param bytes that it moves through memory
    Phase kernel(double seconds, double bytes) {
        double rate = Math.min(bytes / seconds, accelerator.memoryBytesPerSecond());
        var footprint =
                new Footprint(new int[] {UNITS, MEMORY}, new double[] {accelerator.computeUnits(), Math.max(1, rate)});
        return Phase.transfer(0, seconds, footprint);
    }

    /// What a collective moves over this GPU's links.
    ///
    /// @param channels blocks that hold a compute unit each; 0 for copy engines
    Phase transfer(double bytes, int channels) {
        double units = channels / linkBytesPerSecond;
        int[] resources = channels == 0 ? new int[] {MEMORY, LINK} : new int[] {MEMORY, LINK, UNITS};
        double[] usage = channels == 0
                ? new double[] {MEMORY_BYTES_PER_BYTE, 1}
                : new double[] {MEMORY_BYTES_PER_BYTE, 1, units};
        return new Phase(
                0, bytes, new Footprint(resources, usage), FIRST * linkBytesPerSecond, Double.POSITIVE_INFINITY);
    }

    double transferSeconds(double bytes) {
        return bytes / linkBytesPerSecond;
    }
}
