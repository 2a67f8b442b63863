// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.group;

import dev.dryrun.sim.program.Program;
import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.validation.minitrainer.measure.KernelTimes;
import java.util.stream.IntStream;

/// The groups of a rank, by the layout that the simulator uses.
///
/// @param world all ranks
/// @param tensor ranks that share the matrices of a layer
/// @param data ranks that hold the same weights
/// @param embedding first and last stage, where both hold the embedding; else this rank alone
public record Groups(Group world, Group tensor, Group data, Group embedding) {
    /// Connects a rank with the others. All ranks have to call it.
    ///
    /// @param wires how ranks find and reach each other
    public static Groups connect(Layout layout, int rank, Wires wires, KernelTimes times) {
        return new Groups(
                world(rank, layout.ranks(), wires, times),
                group("tensor", membersOf(layout, rank, Layout.TENSOR), rank, wires, times),
                group("data", membersOf(layout, rank, Layout.DATA), rank, wires, times),
                group("embedding", membersOf(layout, rank, Layout.EMBEDDING), rank, wires, times));
    }

    /// All ranks of a job that has no layout. All of them have to call it.
    public static Group world(int rank, int ranks, Wires wires, KernelTimes times) {
        return group("world", IntStream.range(0, ranks).toArray(), rank, wires, times);
    }

    private static int[] membersOf(Layout layout, int rank, int slot) {
        int group = layout.groupOf(rank, slot);
        return group == Program.NONE ? new int[] {rank} : layout.gpusOf(group);
    }

    private static Group group(String name, int[] members, int rank, Wires wires, KernelTimes times) {
        int place = java.util.Arrays.binarySearch(members, rank);
        if (place < 0) {
            throw new IllegalStateException("rank " + rank + " is not in its own group " + name);
        }
        return new Group(
                name,
                place,
                members.length,
                members.length == 1 ? null : wires.backend(name + members[0], place, members.length),
                times);
    }
}
