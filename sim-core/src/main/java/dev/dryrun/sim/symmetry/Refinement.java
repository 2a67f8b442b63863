// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.symmetry;

import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import java.util.Arrays;

/// The coarsest equitable partition of members, groups and resources, found by refining colours until nothing splits.
///
/// Members start with the colour of their program, resources with that of their capacity, groups with that of their
/// activities' latencies and work. In each round a group takes up the colours of its members and of the resources it
/// uses, a resource those of the groups that use it, and a member those of its groups, slot by slot. Colours are 64-bit
/// hashes, so that two classes merge by accident with a chance of about 2^-64 for each pair. Source of the method:
/// colour refinement, Paige and Tarjan, SIAM J. Comput. 16(6), 1987, doi:10.1137/0216062.
final class Refinement {
    private final StepPlan plan;
    private final Bindings bindings;
    long[] memberColour;
    long[] groupColour;
    long[] resourceColour;

    Refinement(StepPlan plan, Bindings bindings) {
        this.plan = plan;
        this.bindings = bindings;
        memberColour = new long[plan.members()];
        for (int member = 0; member < memberColour.length; member++) {
            memberColour[member] = Hash.mix(plan.programOf()[member]);
        }
        groupColour = bindings.groupHash.clone();
        resourceColour = new long[plan.capacityPerSecond().length];
        for (int r = 0; r < resourceColour.length; r++) {
            resourceColour[r] = Hash.mix(Double.doubleToLongBits(plan.capacityPerSecond()[r]));
        }
        int classes = 0;
        int before;
        do {
            before = classes;
            refine();
            classes = distinct(memberColour) + distinct(groupColour) + distinct(resourceColour);
        } while (classes > before);
    }

    private void refine() {
        long[] groups = new long[groupColour.length];
        long[] resources = resourceColour.clone();
        for (int g = 0; g < groups.length; g++) {
            long sum = 0;
            for (int k = bindings.seatOffset[g]; k < bindings.seatOffset[g + 1]; k++) {
                int seat = bindings.seats[k];
                sum += Hash.mix(memberColour[seat / plan.slots()] + seat % plan.slots());
            }
            long uses = 0;
            for (int k = bindings.useOffset[g]; k < bindings.useOffset[g + 1]; k++) {
                uses += Hash.mix(resourceColour[bindings.usedResource[k]] ^ bindings.useHash[k]);
            }
            groups[g] = Hash.mix(groupColour[g] ^ Hash.mix(sum) ^ Long.rotateLeft(Hash.mix(uses), 17));
        }
        for (int g = 0; g < groups.length; g++) {
            for (int k = bindings.useOffset[g]; k < bindings.useOffset[g + 1]; k++) {
                resources[bindings.usedResource[k]] += Hash.mix(groups[g] ^ bindings.useHash[k]);
            }
        }
        long[] members = new long[memberColour.length];
        for (int member = 0; member < members.length; member++) {
            long colour = memberColour[member];
            for (int slot = 0; slot < plan.slots(); slot++) {
                int group = plan.groupOf()[member * plan.slots() + slot];
                colour = Hash.mix(colour + (group == Program.NONE ? slot : groups[group]));
            }
            members[member] = colour;
        }
        memberColour = members;
        groupColour = groups;
        resourceColour = resources;
    }

    private static int distinct(long[] colours) {
        long[] sorted = colours.clone();
        Arrays.sort(sorted);
        int count = sorted.length == 0 ? 0 : 1;
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] != sorted[i - 1]) {
                count++;
            }
        }
        return count;
    }
}
