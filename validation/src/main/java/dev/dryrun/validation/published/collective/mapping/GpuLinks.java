// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.collective.mapping;

import dev.dryrun.hardware.topology.DomainWiring;
import java.util.Optional;

/// How the GPUs of a product are joined to each other, by data sheets.
///
/// @param generation of the link, by which a library knows its efficiency
/// @param bytesPerSecond raw and per direction; switched: of one GPU to all others, mesh: of one pair
/// @param library that does the collectives
/// @param domain most GPUs that these links join
/// @param acrossServers whether they go on to other servers, the trays of a rack
public record GpuLinks(
        String generation,
        DomainWiring wiring,
        double bytesPerSecond,
        String library,
        int domain,
        boolean acrossServers) {
    private static final int BOARD = 8;
    private static final int RACK = 72;

    /// A GPU on a PCIe card whose NVLink ends at one neighbour.
    private static final String BRIDGED = "bridged in pairs";

    /// The links of a product; empty where its GPUs are joined in another way, or nobody knows how.
    static Optional<GpuLinks> of(String gpu) {
        if (gpu.startsWith("A100") && gpu.contains(BRIDGED)) {
            return switched("nvlink3", 300e9, 2);
        }
        if (gpu.contains("PCIe") || gpu.contains("PCIE") || gpu.contains("NVL ") || gpu.endsWith("NVL")) {
            return Optional.empty();
        }
        if (gpu.startsWith("A100")) {
            return switched("nvlink3", 300e9, BOARD);
        }
        if (gpu.startsWith("H100") || gpu.startsWith("H200")) {
            return switched("nvlink4", 450e9, BOARD);
        }
        if (gpu.startsWith("GH200")) {
            // Four modules without switches: 18 links of 25 GB/s over three peers.
            return Optional.of(new GpuLinks("nvlink4", DomainWiring.MESH, 150e9, "nccl", 4, false));
        }
        if (gpu.startsWith("B200") || gpu.startsWith("B300")) {
            return switched("nvlink5", 900e9, BOARD);
        }
        if (gpu.startsWith("GB200") || gpu.startsWith("GB300")) {
            return switched("nvlink5", 900e9, RACK);
        }
        if (gpu.startsWith("MI300X") || gpu.startsWith("MI325X")) {
            return Optional.of(new GpuLinks("xgmi3", DomainWiring.MESH, 64e9, "rccl", BOARD, false));
        }
        if (gpu.startsWith("MI350X") || gpu.startsWith("MI355X")) {
            return Optional.of(new GpuLinks("xgmi4", DomainWiring.MESH, 76.5e9, "rccl", BOARD, false));
        }
        return Optional.empty();
    }

    private static Optional<GpuLinks> switched(String generation, double bytesPerSecond, int domain) {
        return Optional.of(
                new GpuLinks(generation, DomainWiring.SWITCHED, bytesPerSecond, "nccl", domain, domain == RACK));
    }
}
