// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.symmetry;

import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.program.StepTables;
import dev.dryrun.sim.sharing.Activity;
import dev.dryrun.sim.sharing.Phase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Who meets whom over which resources, as flat columns: the graph on which classes are refined.
final class Bindings {
    /// Seats (member times slots plus slot) of each group, in CSR form.
    final int[] seatOffset;
    final int[] seats;
    /// Resources that each group's activities use, in CSR form, with a hash of how they use them.
    final int[] useOffset;
    final int[] usedResource;
    final long[] useHash;
    /// Hash of what a group's activities take apart from resources.
    final long[] groupHash;

    Bindings(StepPlan plan) {
        int groups = plan.groups();
        seatOffset = new int[groups + 1];
        for (int group : plan.groupOf()) {
            if (group != Program.NONE) {
                seatOffset[group + 1]++;
            }
        }
        for (int g = 0; g < groups; g++) {
            seatOffset[g + 1] += seatOffset[g];
        }
        seats = new int[seatOffset[groups]];
        int[] fill = Arrays.copyOf(seatOffset, groups);
        for (int seat = 0; seat < plan.groupOf().length; seat++) {
            int group = plan.groupOf()[seat];
            if (group != Program.NONE) {
                seats[fill[group]++] = seat;
            }
        }
        groupHash = new long[groups];
        useOffset = new int[groups + 1];
        Uses uses = new Uses();
        int[][][] transfers = transfersByProgramAndSlot(plan);
        for (int g = 0; g < groups; g++) {
            addUses(plan, g, transfers, uses);
            useOffset[g + 1] = uses.size;
        }
        usedResource = Arrays.copyOf(uses.resource, uses.size);
        useHash = Arrays.copyOf(uses.hash, uses.size);
    }

    private void addUses(StepPlan plan, int group, int[][][] transfers, Uses uses) {
        if (seatOffset[group] == seatOffset[group + 1]) {
            return;
        }
        int seat = seats[seatOffset[group]];
        int[] ofGroup = transfers[plan.programOf()[seat / plan.slots()]][seat % plan.slots()];
        long hash = 17;
        for (int transfer : ofGroup) {
            Activity activity = plan.transfers().activity(group, transfer);
            int number = 0;
            for (Phase phase : activity.phases()) {
                long base = Hash.mix(Hash.mix(transfer) + number++);
                hash = Hash.mix(hash ^ base ^ Hash.mix(phase.latencyNanos()))
                        + Hash.mix(Double.doubleToLongBits(phase.work()));
                int[] resources = phase.footprint().resources();
                double[] usage = phase.footprint().usagePerUnit();
                for (int i = 0; i < resources.length; i++) {
                    uses.add(resources[i], Hash.mix(base ^ Double.doubleToLongBits(usage[i])));
                }
            }
        }
        groupHash[group] = hash;
    }

    private static int[][][] transfersByProgramAndSlot(StepPlan plan) {
        StepTables tables = plan.tables();
        int[][][] transfers = new int[plan.programs().size()][plan.slots()][];
        for (int p = 0; p < transfers.length; p++) {
            Program program = plan.programs().get(p);
            List<Set<Integer>> bySlot = new ArrayList<>();
            for (int slot = 0; slot < plan.slots(); slot++) {
                bySlot.add(new LinkedHashSet<>());
            }
            boolean[] seen = new boolean[tables.callCount()];
            for (int i = 0; i < program.size(); i++) {
                if (program.opcode(i) == Program.CALL && !seen[program.operand(i)]) {
                    seen[program.operand(i)] = true;
                    bySlot.get(tables.call(program.operand(i)).slot())
                            .add(tables.call(program.operand(i)).transfer());
                }
            }
            for (int slot = 0; slot < plan.slots(); slot++) {
                transfers[p][slot] =
                        bySlot.get(slot).stream().mapToInt(Integer::intValue).toArray();
            }
        }
        return transfers;
    }

    /// A growing list of uses.
    private static final class Uses {
        private int size;
        private int[] resource = new int[1024];
        private long[] hash = new long[1024];

        void add(int ofResource, long withHash) {
            if (size == resource.length) {
                resource = Arrays.copyOf(resource, 2 * size);
                hash = Arrays.copyOf(hash, 2 * size);
            }
            resource[size] = ofResource;
            hash[size++] = withHash;
        }
    }
}
