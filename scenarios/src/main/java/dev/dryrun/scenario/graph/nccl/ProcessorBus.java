// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.nccl;

import dev.dryrun.scenario.graph.xml.XmlElement;

/// What joins two processors of a machine, by their make: twice what NCCL counts for it, since it counts about half of
/// the raw rate (a prior, as in the boxes of the catalog).
///
/// Source: NVIDIA/nccl, topo.h and topo.cc at 5067397c26: Broadwell 6, Skylake 10, Sapphire Rapids 22, Emerald Rapids
/// 40, AMD 16, POWER9 32 GB/s.
final class ProcessorBus {
    private static final double RAW_OVER_COUNTED = 2;
    private static final int SKYLAKE = 0x55;
    private static final int SAPPHIRE_RAPIDS = 0x8F;
    private static final int EMERALD_RAPIDS = 0xCF;

    private ProcessorBus() {}

    static double bytesPerSecond(XmlElement cpu) {
        return RAW_OVER_COUNTED * countedGigabytes(cpu) * 1e9;
    }

    private static double countedGigabytes(XmlElement cpu) {
        if (cpu.attribute("arch", "").startsWith("ppc")) {
            return 32;
        }
        if (cpu.attribute("vendor", "").equals("AuthenticAMD")) {
            return 16;
        }
        int model = Numeral.whole(cpu.attribute("modelid", ""), 0);
        if (cpu.attribute("vendor", "").equals("GenuineIntel") && model > 0) {
            return model >= EMERALD_RAPIDS ? 40 : model >= SAPPHIRE_RAPIDS ? 22 : model >= SKYLAKE ? 10 : 6;
        }
        return 22;
    }
}
