// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.published.mapping;

import dev.dryrun.validation.published.table.Column;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Types of node that the hardware column can mean, with the names the catalog gives them.
///
/// A rack whose servers (trays) share one switch is one node of the catalog; sources count the GPUs of a tray.
enum Machine {
    A100_40("dgx-a100-40gb", "A100", 40, 8),
    A100_80("dgx-a100-80gb", "A100", 80, 8),
    A800("hgx-a800", "A800", 80, 8),
    V100("dgx-2", "V100", 32, 16, 16, "fat-tree"),
    H100("hgx-h100", "H100", 80, 8),
    H800("hgx-h800", "H800", 80, 8),
    H200("hgx-h200", "H200", 141, 8),
    GH200("alps", "GH200", 96, 4, 4, "slingshot"),
    B200("dgx-b200", "B200", 180, 8),
    B300("dgx-b300", "B300", 288, 8),
    GB200("gb200-nvl72", "GB200", 186, 72, 4, "rail-optimised"),
    GB300("gb300-nvl72", "GB300", 279, 72, 4, "rail-optimised"),
    MI250X("frontier", "MI250X", 64, 8, 8, "slingshot"),
    MI300X("mi300x-platform", "MI300X", 192, 8),
    MI325X("mi325x-platform", "MI325X", 256, 8),
    MI355X("mi355x-platform", "MI355X", 288, 8);

    private final String node;
    private final String chip;
    private final int memoryGb;
    private final int gpus;
    private final int tray;
    private final String fabric;

    Machine(String node, String chip, int memoryGb, int gpus) {
        this(node, chip, memoryGb, gpus, gpus, "rail-optimised");
    }

    Machine(String node, String chip, int memoryGb, int gpus, int tray, String fabric) {
        this.node = node;
        this.chip = chip;
        this.memoryGb = memoryGb;
        this.gpus = gpus;
        this.tray = tray;
        this.fabric = fabric;
    }

    String node() {
        return node;
    }

    String fabric() {
        return fabric;
    }

    /// GPUs of one node that a job uses. A job takes as few racks as hold it and, where whole trays allow, equally many
    /// GPUs of each: 128 GPUs are 64 of either of two racks of 72.
    int gpus(long jobGpus) {
        long racks = Math.ceilDiv(jobGpus, gpus);
        boolean even = tray < gpus && jobGpus % (racks * tray) == 0;
        return even ? (int) (jobGpus / racks) : gpus;
    }

    /// The machine of a row. The chip is a word of the hardware column; the memory comes from its own column, else from
    /// the text, else it is the largest of that chip, as
    /// it is for a part with more than that. A node that differs in its number of GPUs is another machine.
    static Machine read(Reading reading, CatalogNames names) {
        String hardware = reading.run().text(Column.HARDWARE);
        List<String> words = Arrays.asList(hardware.toUpperCase(Locale.ROOT).split("[^A-Z0-9]+"));
        List<Machine> sameChip = Arrays.stream(values())
                .filter(m -> words.contains(m.chip) && names.nodes().contains(m.node))
                .toList();
        if (sameChip.isEmpty()) {
            reading.obstruct("no node of the catalog for hardware \"" + hardware + "\"");
            return H100;
        }
        Machine machine = byMemory(reading, sameChip, words);
        long gpus = reading.countOr(Column.GPUS_PER_NODE, machine.tray, "as " + machine.node);
        if (gpus != machine.tray && gpus != machine.gpus) {
            reading.obstruct("no node with " + gpus + " " + machine.chip);
        }
        if (words.contains("PCIE")) {
            reading.obstruct("no node with " + machine.chip + " PCIe");
        }
        return machine;
    }

    private static Machine byMemory(Reading reading, List<Machine> sameChip, List<String> words) {
        double stated = reading.run().number(Column.GPU_MEM_GB).orElse(0);
        for (Machine machine : sameChip) {
            if (stated == machine.memoryGb || (stated == 0 && words.contains(machine.memoryGb + "GB"))) {
                return machine;
            }
        }
        Machine largest = sameChip.getLast();
        if (stated > largest.memoryGb) {
            reading.assume(Column.GPU_MEM_GB.header() + " " + largest.memoryGb + " (the largest of the catalog)");
        } else if (stated > 0) {
            reading.obstruct("no " + largest.chip + " with " + stated + " GB");
        } else if (sameChip.size() > 1) {
            reading.assume(Column.GPU_MEM_GB.header() + " " + largest.memoryGb + " (the larger one)");
        }
        return largest;
    }
}
