// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.scenario.trace;

import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import java.util.List;
import java.util.function.IntFunction;

/// Memory of the members of a plan by category while it runs, as the arguments of counter events.
final class MemoryCounters {
    private static final long MIB = 1 << 20;

    private final List<String> names;
    private final long[][] now;
    /// Categories of each program that ever hold something.
    private final boolean[][] used;

    private final int[] programOf;

    /// @param names of the categories
    /// @param lasting bytes by category that a rank holds from step to step
    MemoryCounters(StepPlan plan, List<String> names, IntFunction<long[]> lasting) {
        this.names = List.copyOf(names);
        programOf = plan.programOf();
        now = new long[plan.members()][];
        used = new boolean[plan.programs().size()][names.size()];
        for (int program = 0; program < used.length; program++) {
            findUsed(plan, plan.programs().get(program), used[program]);
        }
        for (int member = 0; member < now.length; member++) {
            now[member] = plus(new long[names.size()], lasting.apply(plan.rankOf()[member]));
            for (int category = 0; category < names.size(); category++) {
                used[programOf[member]][category] |= now[member][category] != 0;
            }
        }
    }

    private static void findUsed(StepPlan plan, Program program, boolean[] used) {
        for (int i = 0; i < program.size(); i++) {
            if (program.opcode(i) == Program.BLOCK) {
                MemoryDelta delta = plan.tables().block(program.operand(i)).memory();
                for (int category = 0; category < used.length; category++) {
                    used[category] |=
                            at(delta.netByCategory(), category) != 0 || at(delta.peakByCategory(), category) != 0;
                }
            }
        }
    }

    /// What a member holds.
    String now(int member) {
        return arguments(member, now[member]);
    }

    /// What it holds at the highest instant of a change.
    String at(int member, MemoryDelta change) {
        return arguments(member, plus(now[member], change.peakByCategory()));
    }

    /// Makes a change.
    void change(int member, MemoryDelta change) {
        now[member] = plus(now[member], change.netByCategory());
    }

    private String arguments(int member, long[] bytes) {
        var text = new StringBuilder();
        for (int category = 0; category < bytes.length; category++) {
            if (used[programOf[member]][category]) {
                text.append(text.isEmpty() ? "" : ", ")
                        .append('"')
                        .append(names.get(category))
                        .append("\": ");
                text.append(bytes[category] / MIB);
            }
        }
        return text.toString();
    }

    private static long[] plus(long[] bytes, long[] more) {
        long[] sum = bytes.clone();
        for (int category = 0; category < sum.length; category++) {
            sum[category] += at(more, category);
        }
        return sum;
    }

    private static long at(long[] bytes, int category) {
        return category < bytes.length ? bytes[category] : 0;
    }
}
