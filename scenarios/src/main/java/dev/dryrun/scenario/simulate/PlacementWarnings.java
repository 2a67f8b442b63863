// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.simulate;

import dev.dryrun.hardware.topology.NodeType;
import dev.dryrun.sim.program.Program;
import dev.dryrun.strategy.job.TrainingJob;
import dev.dryrun.strategy.layout.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is allowed but slow about where ranks stand: groups that meet in every layer and leave their node, where a GPU
/// has the share of the interfaces that is its own in place of its links.
final class PlacementWarnings {
    private final TrainingJob job;
    private final Layout layout;
    private final List<String> warnings = new ArrayList<>();

    private PlacementWarnings(TrainingJob job) {
        this.job = job;
        var grid = job.strategy().grid();
        layout = new Layout(grid, Layout.Messages.DOWN, false, grid.copies());
    }

    static List<String> of(TrainingJob job) {
        var placement = new PlacementWarnings(job);
        placement.warn(Layout.TENSOR, "tensor groups");
        placement.warn(Layout.CONTEXT, "context groups");
        placement.warn(Layout.EXPERT, "expert groups");
        placement.warn(Layout.EXPERT_TENSOR, "tensor groups of experts");
        placement.warnOfLibraries();
        return List.copyOf(placement.warnings);
    }

    private void warn(int slot, String what) {
        for (int rank = 0; rank < layout.ranks(); rank++) {
            int group = layout.groupOf(rank, slot);
            int[] gpus = group == Program.NONE ? new int[] {rank} : layout.gpusOf(group);
            if (gpus[0] == rank
                    && job.cluster().nodeOf(gpus[0]) != job.cluster().nodeOf(gpus[gpus.length - 1])) {
                warnings.add(warning(what, gpus));
                return;
            }
        }
    }

    /// Libraries of several vendors do not speak with each other; that something between them does is assumed.
    private void warnOfLibraries() {
        List<String> libraries = job.equipment().stream()
                .map(part -> part.library().name())
                .distinct()
                .toList();
        if (libraries.size() > 1) {
            warnings.add("between parts with " + String.join(" and ", libraries)
                    + " bytes are taken to go over the network of the hosts, as slowly as the slowest of these"
                    + " libraries, without reduction in switches");
        }
    }

    private String warning(String what, int[] gpus) {
        int size = gpus.length;
        NodeType node = job.cluster().node(job.cluster().nodeOf(gpus[0]));
        double share = Math.min(node.nicBytesPerSecond() * node.nics() / node.gpus(), node.pcieBytesPerSecond());
        return String.format(
                Locale.ROOT,
                "%s of %d span nodes of %d GPUs: a GPU has %.3g GB/s to other nodes and %.3g GB/s within its own",
                what,
                size,
                node.gpus(),
                share / 1e9,
                node.gpuBytesPerSecond() / 1e9);
    }
}
