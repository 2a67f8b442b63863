// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.smi;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The second legend of newer versions: `NIC0: mlx5_0`.
final class NicNames {
    private static final Pattern LINE = Pattern.compile("\\s*(NIC\\d+):\\s*(\\S+)\\s*");

    private NicNames() {}

    /// Name of the driver by that of the matrix.
    static Map<String, String> of(List<String> lines) {
        Map<String, String> names = new LinkedHashMap<>();
        for (String line : lines) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                names.put(matcher.group(1), matcher.group(2));
            }
        }
        return names;
    }
}
