// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.kernel.measure;

import dev.dryrun.hardware.kernel.Pass;
import dev.dryrun.validation.published.kernel.table.KernelWork;
import java.util.List;
import java.util.OptionalDouble;

/// What a library's attention reaches on one accelerator with long sequences and many heads.
///
/// Of each pair every other row took part in the fit, in the order of the table.
///
/// @param library its name begins so
/// @param widest head dimension up to which the rate holds
record AttentionRate(String library, String accelerator, Pass pass, long widest, double teraflopsPerSecond) {
    private static final long NARROW = 64;
    private static final long ANY = 1024;

    static final List<AttentionRate> ALL = List.of(
            new AttentionRate("TE", "a100-pcie-80gb", Pass.FORWARD, ANY, 223.6),
            new AttentionRate("TE", "a100-pcie-80gb", Pass.BACKWARD, ANY, 177.2),
            new AttentionRate("TE", "b200-sxm-180gb", Pass.FORWARD, ANY, 1229),
            new AttentionRate("TE", "b200-sxm-180gb", Pass.BACKWARD, ANY, 1026),
            new AttentionRate("FA4", "gb200-186gb", Pass.FORWARD, NARROW, 1260),
            new AttentionRate("FA4", "gb200-186gb", Pass.FORWARD, ANY, 1920),
            new AttentionRate("FA4", "b200-sxm-180gb", Pass.FORWARD, ANY, 1590),
            new AttentionRate("FA4", "b200-sxm-180gb", Pass.BACKWARD, ANY, 1180),
            new AttentionRate("cuDNN", "gb200-186gb", Pass.FORWARD, NARROW, 1160),
            new AttentionRate("FA2", "b200-sxm-180gb", Pass.FORWARD, ANY, 430),
            new AttentionRate("FA2", "b200-sxm-180gb", Pass.BACKWARD, ANY, 330),
            new AttentionRate("FA2", "rtx-4090", Pass.FORWARD, ANY, 160),
            new AttentionRate("FA2", "rtx-4090", Pass.BACKWARD, ANY, 120));

    /// Operations a second, nothing where nobody measured.
    static OptionalDouble flopsPerSecond(String accelerator, KernelWork.Attention work) {
        return ALL.stream()
                .filter(rate -> work.library().startsWith(rate.library())
                        && rate.accelerator().equals(accelerator)
                        && rate.pass() == work.pass()
                        && work.shape().keyDimension() <= rate.widest())
                .mapToDouble(rate -> 1e12 * rate.teraflopsPerSecond())
                .findFirst();
    }
}
