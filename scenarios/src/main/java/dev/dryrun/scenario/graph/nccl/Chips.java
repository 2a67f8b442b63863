// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.nccl;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which accelerator of the catalog a GPU is, by its compute capability and the links it has: the commonest one.
///
/// Capabilities: NVIDIA, CUDA programming guide, table of compute capabilities; names of AMD's instruction sets: ROCm
/// documentation, GPU hardware specifications. Both from memory (unverified); memory sizes are a guess.
final class Chips {
    /// @param sm compute capability times ten; 0 where the name of the instruction set tells
    /// @param gcn name of the instruction set, or the number that older RCCL has for it
    /// @param linked whether such a part has links to others of its kind
    private record Chip(int sm, List<String> gcn, boolean linked, String accelerator) {}

    private static final List<Chip> ALL = List.of(
            new Chip(70, List.of(), true, "v100-sxm-32gb"),
            new Chip(80, List.of(), true, "a100-sxm-80gb"),
            new Chip(80, List.of(), false, "a100-pcie-80gb"),
            new Chip(86, List.of(), true, "rtx-3090"),
            new Chip(86, List.of(), false, "rtx-3090"),
            new Chip(89, List.of(), false, "l40s"),
            new Chip(90, List.of(), true, "h100-sxm-80gb"),
            new Chip(90, List.of(), false, "h100-pcie-80gb"),
            new Chip(100, List.of(), true, "b200-sxm-180gb"),
            new Chip(103, List.of(), true, "b300-sxm-288gb"),
            new Chip(0, List.of("gfx90a", "910"), true, "mi250x-gcd"),
            new Chip(0, List.of("gfx942", "942"), true, "mi300x"),
            new Chip(0, List.of("gfx950", "950"), true, "mi355x"));

    private Chips() {}

    /// Name in the catalog; null where nobody knows.
    static @Nullable String guess(String sm, String gcn, boolean linked) {
        for (Chip chip : ALL) {
            boolean same = gcn.isEmpty()
                    ? Integer.toString(chip.sm()).equals(sm)
                    : chip.gcn().contains(gcn);
            if (same && (chip.linked() == linked || chip.sm() == 0)) {
                return chip.accelerator();
            }
        }
        return null;
    }
}
