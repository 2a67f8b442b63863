// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.smi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The nearest thing that a path between two devices has to go through.
enum PathClass {
    /// One PCIe switch.
    PIX,
    /// Several PCIe switches.
    PXB,
    /// The PCIe root of a processor.
    PHB,
    /// Several roots of one processor.
    NODE,
    /// The bus between processors; older versions say SOC.
    SYS;

    static Optional<PathClass> of(String word) {
        for (PathClass constant : values()) {
            if (constant.name().equals(word)) {
                return Optional.of(constant);
            }
        }
        return word.equals("SOC") ? Optional.of(SYS) : Optional.empty();
    }

    /// Words that a matrix may hold, as people would list them.
    static List<String> words() {
        List<String> words = new ArrayList<>(List.of("X", "NV1, NV2, ..."));
        for (PathClass constant : values()) {
            words.add(constant.name());
        }
        words.add("SOC");
        return words;
    }
}
