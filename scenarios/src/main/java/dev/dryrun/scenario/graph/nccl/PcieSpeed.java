// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.nccl;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Generation of PCIe by the speed of a lane, as the kernel prints it: `16 GT/s`, `16.0 GT/s PCIe`.
final class PcieSpeed {
    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,3}(?:\\.\\d)?) ?GT/s(?: PCIe)?");
    private static final double[] GIGATRANSFERS = {2.5, 5, 8, 16, 32, 64};

    private PcieSpeed() {}

    /// The generation; 0 where the text is no speed of PCIe.
    static int generation(String written) {
        Matcher matcher = WRITTEN.matcher(written.strip());
        if (!matcher.matches()) {
            return 0;
        }
        double speed = Double.parseDouble(matcher.group(1));
        for (int i = 0; i < GIGATRANSFERS.length; i++) {
            if (speed == GIGATRANSFERS[i]) {
                return i + 1;
            }
        }
        return 0;
    }
}
