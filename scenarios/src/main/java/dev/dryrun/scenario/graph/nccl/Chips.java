// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.graph.nccl;

import dev.dryrun.scenario.graph.xml.XmlElement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which accelerator of the catalog a GPU is, by its compute capability and the links it has: the commonest one.
///
/// Capabilities: NVIDIA, CUDA programming guide, table of compute capabilities; names of AMD's instruction sets: ROCm
/// documentation, GPU hardware specifications. Both from memory (unverified); memory sizes are a guess.
final class Chips {
    /// @param sm compute capability times ten; 0 where the name of the instruction set tells
    /// @param gcn name of the instruction set, or the number that older RCCL has for it
    /// @param joined by what else than PCIe such a part reaches others
    private record Chip(int sm, List<String> gcn, Joined joined, String accelerator) {}

    /// What a GPU has beside PCIe.
    enum Joined {
        /// Nothing.
        PCIE_ONLY,
        /// Links to others of its kind.
        LINKED,
        /// Links to a processor on the same board, mostly also to others of its kind.
        WITH_PROCESSOR;

        static Joined of(XmlElement gpu) {
            if (!gpu.all("c2c").isEmpty()) {
                return WITH_PROCESSOR;
            }
            return gpu.children().isEmpty() ? PCIE_ONLY : LINKED;
        }
    }

    private static final List<Chip> ALL = List.of(
            new Chip(70, List.of(), Joined.LINKED, "v100-sxm-32gb"),
            new Chip(80, List.of(), Joined.LINKED, "a100-sxm-80gb"),
            new Chip(80, List.of(), Joined.PCIE_ONLY, "a100-pcie-80gb"),
            new Chip(86, List.of(), Joined.LINKED, "rtx-3090"),
            new Chip(86, List.of(), Joined.PCIE_ONLY, "rtx-3090"),
            new Chip(89, List.of(), Joined.PCIE_ONLY, "l40s"),
            new Chip(90, List.of(), Joined.LINKED, "h100-sxm-80gb"),
            new Chip(90, List.of(), Joined.PCIE_ONLY, "h100-pcie-80gb"),
            new Chip(90, List.of(), Joined.WITH_PROCESSOR, "gh200-96gb"),
            new Chip(100, List.of(), Joined.LINKED, "b200-sxm-180gb"),
            new Chip(103, List.of(), Joined.LINKED, "b300-sxm-288gb"),
            new Chip(100, List.of(), Joined.WITH_PROCESSOR, "gb200-186gb"),
            new Chip(103, List.of(), Joined.WITH_PROCESSOR, "gb300-279gb"),
            new Chip(0, List.of("gfx90a", "910"), Joined.LINKED, "mi250x-gcd"),
            new Chip(0, List.of("gfx942", "942"), Joined.LINKED, "mi300x"),
            new Chip(0, List.of("gfx950", "950"), Joined.LINKED, "mi355x"));

    private Chips() {}

    /// Name in the catalog; null where nobody knows.
    static @Nullable String guess(XmlElement gpu) {
        String sm = gpu.attribute("sm", "");
        String gcn = gpu.attribute("gcn", "").replaceFirst(":.*", "");
        Joined joined = Joined.of(gpu);
        for (Chip chip : ALL) {
            boolean same = gcn.isEmpty()
                    ? Integer.toString(chip.sm()).equals(sm)
                    : chip.gcn().contains(gcn);
            if (same && (chip.joined() == joined || chip.sm() == 0)) {
                return chip.accelerator();
            }
        }
        return null;
    }
}
