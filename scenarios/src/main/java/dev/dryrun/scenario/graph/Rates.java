// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph;

/// Rates of links that files name by class only; raw, per direction.
///
/// PCIe of 16 lanes by generation and lines of interfaces: stas00/ml-engineering, network, at 744d01e18b; of the first
/// two generations, twice and four times below the third, from memory (unverified). Buses between processors are twice
/// what NVIDIA/nccl, topo.h at 5067397c26, counts for them, as in the boxes of the catalog: a prior.
public final class Rates {
    private static final double[] X16 = {4e9, 8e9, 16e9, 31e9, 63e9, 121e9};
    private static final double[] USUAL_NIC = {5e9, 5e9, 12.5e9, 25e9, 50e9, 100e9};
    private static final int LANES = 16;

    /// Between processors that nobody names.
    public static final double BUS = 44e9;

    private Rates() {}

    /// Newest generation known here.
    public static int newestPcie() {
        return X16.length;
    }

    /// PCIe of so many lanes.
    public static double pcie(int generation, int lanes) {
        return X16[Math.clamp(generation, 1, X16.length) - 1] * lanes / LANES;
    }

    /// PCIe of sixteen lanes.
    public static double pcie(int generation) {
        return pcie(generation, LANES);
    }

    /// The interfaces that machines with such a PCIe mostly have: one fills half of 16 lanes or more.
    public static double usualNic(int pcieGeneration) {
        return USUAL_NIC[Math.clamp(pcieGeneration, 1, X16.length) - 1];
    }
}
