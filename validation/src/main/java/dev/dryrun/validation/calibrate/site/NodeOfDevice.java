// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.calibrate.site;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The node of the catalog that a device's name alone tells, for runs on one node. Names as drivers print them.
final class NodeOfDevice {
    private static final Map<String, String> NODES = new LinkedHashMap<>();

    static {
        NODES.put("A100-SXM4-80GB", "dgx-a100-80gb");
        NODES.put("A100-SXM4-40GB", "dgx-a100-40gb");
        NODES.put("H100 80GB HBM3", "hgx-h100");
        NODES.put("H100-SXM", "hgx-h100");
        NODES.put("H200", "hgx-h200");
        NODES.put("B200", "dgx-b200");
        NODES.put("V100-SXM2-32GB", "dgx-1v");
        NODES.put("V100-SXM2-16GB", "dgx-1v-16gb");
        NODES.put("MI300X", "mi300x-platform");
        NODES.put("MI325X", "mi325x-platform");
        NODES.put("MI355X", "mi355x-platform");
    }

    private NodeOfDevice() {}

    /// Empty where several nodes have it, or none.
    static Optional<String> of(String device) {
        boolean superchip = device.contains("GB200") || device.contains("GH200");
        return NODES.entrySet().stream()
                .filter(entry -> !superchip && device.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
