// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.validation.published.kernel.table.KernelWork;
import java.util.List;
import java.util.OptionalDouble;

/// What a library's attention reaches on one accelerator with long sequences and many heads, as fitted to or read off
/// the published rates: those that come with a prediction took part in it.
///
/// @param library its name begins so
/// @param widest head dimension up to which the rate holds
/// @param halfBlocks blocks of 128 queries at which it has reached half, beyond what the accelerator's own curve says
record AttentionRate(
        String library, String accelerator, Pass pass, long widest, double teraflopsPerSecond, double halfBlocks) {
    private static final long NARROW = 64;
    private static final long ANY = 1024;

    static final List<AttentionRate> ALL = List.of(
            new AttentionRate("TE", "a100-pcie-80gb", Pass.FORWARD, ANY, 223.6, 0),
            new AttentionRate("TE", "a100-pcie-80gb", Pass.BACKWARD, ANY, 177.2, 0),
            new AttentionRate("TE", "b200-sxm-180gb", Pass.FORWARD, ANY, 1229, 400),
            new AttentionRate("TE", "b200-sxm-180gb", Pass.BACKWARD, ANY, 1026, 88),
            new AttentionRate("FA4", "gb200-186gb", Pass.FORWARD, NARROW, 1260, 0),
            new AttentionRate("FA4", "gb200-186gb", Pass.FORWARD, ANY, 1920, 0),
            new AttentionRate("FA4", "b200-sxm-180gb", Pass.FORWARD, ANY, 1590, 0),
            new AttentionRate("FA4", "b200-sxm-180gb", Pass.BACKWARD, ANY, 1180, 0),
            new AttentionRate("cuDNN", "gb200-186gb", Pass.FORWARD, NARROW, 1160, 0),
            new AttentionRate("FA2", "b200-sxm-180gb", Pass.FORWARD, ANY, 430, 0),
            new AttentionRate("FA2", "b200-sxm-180gb", Pass.BACKWARD, ANY, 330, 0),
            new AttentionRate("FA2", "rtx-4090", Pass.FORWARD, ANY, 160, 0),
            new AttentionRate("FA2", "rtx-4090", Pass.BACKWARD, ANY, 120, 0));

    /// Operations a second, nothing where nobody measured.
    static OptionalDouble flopsPerSecond(String accelerator, KernelWork.Attention work) {
        return ALL.stream()
                .filter(rate -> work.library().startsWith(rate.library())
                        && rate.accelerator().equals(accelerator)
                        && rate.pass() == work.pass()
                        && work.shape().keyDimension() <= rate.widest())
                .mapToDouble(rate -> rate.flopsPerSecond((double) work.shape().blocks()))
                .findFirst();
    }

    private double flopsPerSecond(double blocks) {
        return 1e12 * teraflopsPerSecond * blocks / (blocks + halfBlocks);
    }
}
