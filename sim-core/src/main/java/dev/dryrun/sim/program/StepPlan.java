// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import java.util.List;

/// A step to be executed: members with their programs, the groups they meet in, and the resources they share.
///
/// A member is a rank, or the representative of a class of ranks that behave alike. All columns are indexed by member
/// or by group.
///
/// @param tables blocks, calls and names of the programs
/// @param programs the programs
/// @param programOf program of each member
/// @param rankOf rank that each member is
/// @param ranksOf number of ranks that each member stands for
/// @param slots groups of a member; its row in `groupOf` has so many entries
/// @param groupOf group of each member and slot, or `Program.NONE`
/// @param arrivalsOf number of arrivals of members that make a group complete
/// @param capacityPerSecond capacity of each resource
/// @param transfers activities of the groups
public record StepPlan(
        StepTables tables,
        List<Program> programs,
        int[] programOf,
        int[] rankOf,
        long[] ranksOf,
        int slots,
        int[] groupOf,
        int[] arrivalsOf,
        double[] capacityPerSecond,
        Transfers transfers) {
    public StepPlan {
        programs = List.copyOf(programs);
        int members = programOf.length;
        if (rankOf.length != members || ranksOf.length != members || groupOf.length != members * slots) {
            throw new IllegalArgumentException("columns differ in length; there are " + members + " members and "
                    + slots
                    + " slots, but " + rankOf.length + " ranks, " + ranksOf.length + " counts and " + groupOf.length
                    + " group entries");
        }
    }

    public int members() {
        return programOf.length;
    }

    public int groups() {
        return arrivalsOf.length;
    }

    public Program program(int member) {
        return programs.get(programOf[member]);
    }

    /// The call that an instruction of a member's program makes.
    Call call(int member, int instruction) {
        return tables.call(program(member).operand[instruction]);
    }

    /// Number of ranks that all members together stand for.
    public long ranks() {
        long ranks = 0;
        for (long count : ranksOf) {
            ranks += count;
        }
        return ranks;
    }
}
