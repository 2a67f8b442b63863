// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.trace;

import dev.dryrun.sim.program.Block;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.StepPlan;
import dev.dryrun.sim.trace.SpanObserver;
import dev.dryrun.strategy.compile.Streams;
import java.util.ArrayList;
import java.util.List;

/// Watches one rank of a simulated step and keeps what its streams do.
public final class SimulatedLanes implements SpanObserver {
    private final StepPlan plan;
    private final int member;
    private final List<List<Span>> byStream = new ArrayList<>();

    /// @param rank that is watched, or the one that stands for it is where ranks that behave alike are folded
    public SimulatedLanes(StepPlan plan, int rank) {
        this.plan = plan;
        int found = 0;
        for (int candidate = 0; candidate < plan.members(); candidate++) {
            found = plan.rankOf()[candidate] <= rank ? candidate : found;
        }
        member = found;
        Streams.NAMES.forEach(name -> byStream.add(new ArrayList<>()));
    }

    @Override
    public void ran(int who, int instruction, long readyNanos, long startNanos, long endNanos) {
        if (who != member || endNanos == startNanos) {
            return;
        }
        Program program = plan.program(who);
        List<String> kinds = plan.tables().categories().names();
        String kind;
        switch (program.opcode(instruction)) {
            case Program.BLOCK -> kind = kinds.get(longest(plan.tables().block(program.operand(instruction))));
            case Program.CALL ->
                kind = kinds.get(
                        plan.tables().call(program.operand(instruction)).category());
            default -> {
                return;
            }
        }
        byStream.get(program.stream(instruction))
                .add(new Span(
                        startNanos * 1e-9, endNanos * 1e-9, kind, plan.tables().name(program.name(instruction))));
    }

    private static int longest(Block block) {
        long[] nanos = block.nanosByCategory();
        int longest = 0;
        for (int category = 1; category < nanos.length; category++) {
            longest = nanos[category] > nanos[longest] ? category : longest;
        }
        return longest;
    }

    /// Streams on which something ran.
    public List<Lane> lanes() {
        List<Lane> lanes = new ArrayList<>();
        for (int stream = 0; stream < byStream.size(); stream++) {
            if (!byStream.get(stream).isEmpty()) {
                lanes.add(new Lane(Streams.NAMES.get(stream), byStream.get(stream)));
            }
        }
        return lanes;
    }
}
