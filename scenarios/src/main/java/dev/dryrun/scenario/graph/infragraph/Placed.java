// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.infragraph;

import java.util.HashMap;
import java.util.Map;

/// An instance of a device with the numbers of its parts in the graph.
///
/// @param parts by component and index, such as `xpu.3`; a port has that of what it belongs to
record Placed(Device device, Map<String, Integer> parts) {
    Placed(Device device) {
        this(device, new HashMap<>());
    }

    static String key(String component, int index) {
        return component + "." + index;
    }
}
