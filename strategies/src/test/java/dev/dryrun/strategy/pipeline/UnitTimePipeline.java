// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A pipeline whose passes take fixed times and whose transfers take none: a pass starts as soon as its stage is free
/// and its input is there.
final class UnitTimePipeline {
    private final int stages;
    private final int chunks;
    private final int microBatches;
    private final BlockPlacement placement;
    private final boolean runsInPairs;
    private final int[][] orders;

    UnitTimePipeline(PipelineSchedule schedule, int stages, int chunks, int microBatches) {
        this.stages = stages;
        this.chunks = chunks;
        this.microBatches = microBatches;
        this.placement = schedule.placement();
        this.runsInPairs = schedule.runsInPairs();
        this.orders = new int[stages][];
        for (int stage = 0; stage < stages; stage++) {
            orders[stage] = schedule.order(stage, stages, chunks, microBatches);
        }
    }

    /// Longest time of a stage from its first pass to its last, or -1 where stages wait for each other in a circle.
    long longestSpan(PipelineScheduleContract.Times times) {
        Ends ends = new Ends(stages * chunks, microBatches);
        int[] done = new int[stages];
        long[] free = new long[stages];
        long[] start = new long[stages];
        Arrays.fill(start, -1);
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int stage = 0; stage < stages; stage++) {
                while (done[stage] < orders[stage].length) {
                    int next = done[stage] + (isPair(orders[stage], done[stage]) ? 2 : 1);
                    long ready = 0;
                    long seconds = 0;
                    for (int i = done[stage]; i < next; i++) {
                        long input = ready(ends, stage, orders[stage][i]);
                        ready = input < 0 || ready < 0 ? -1 : Math.max(ready, input);
                        seconds += times.of(Pass.direction(orders[stage][i]));
                    }
                    if (ready < 0) {
                        break;
                    }
                    long begin = Math.max(free[stage], ready);
                    start[stage] = start[stage] < 0 ? begin : start[stage];
                    free[stage] = begin + seconds;
                    for (; done[stage] < next; done[stage]++) {
                        end(ends, stage, orders[stage][done[stage]], free[stage]);
                    }
                    moved = true;
                }
            }
        }
        long longest = 0;
        for (int stage = 0; stage < stages; stage++) {
            if (done[stage] < orders[stage].length) {
                return -1;
            }
            longest = Math.max(longest, free[stage] - start[stage]);
        }
        return longest;
    }

    /// Whether passes begin and end together from here on.
    private boolean isPair(int[] order, int at) {
        return runsInPairs
                && at + 1 < order.length
                && Pass.isForward(order[at])
                && Pass.direction(order[at + 1]) == Pass.Direction.BACKWARD;
    }

    /// When what a pass needs from the blocks beside it is there, or -1.
    private long ready(Ends ends, int stage, int code) {
        int block = placement.block(stage, Pass.chunk(code), stages);
        int micro = Pass.microBatch(code);
        return switch (Pass.direction(code)) {
            case FORWARD -> block == 0 ? 0 : ends.forward[block - 1][micro];
            case BACKWARD, INPUT_GRADIENT ->
                block == stages * chunks - 1 ? ends.forward[block][micro] : ends.backward[block + 1][micro];
            case WEIGHT_GRADIENT -> ends.backward[block][micro];
        };
    }

    private void end(Ends ends, int stage, int code, long at) {
        int block = placement.block(stage, Pass.chunk(code), stages);
        switch (Pass.direction(code)) {
            case FORWARD -> ends.forward[block][Pass.microBatch(code)] = at;
            case BACKWARD, INPUT_GRADIENT -> ends.backward[block][Pass.microBatch(code)] = at;
            case WEIGHT_GRADIENT -> {}
        }
    }

    /// When the passes of a block have ended; -1 before.
    private static final class Ends {
        private final long[][] forward;
        private final long[][] backward;

        Ends(int blocks, int microBatches) {
            forward = new long[blocks][microBatches];
            backward = new long[blocks][microBatches];
            for (int block = 0; block < blocks; block++) {
                Arrays.fill(forward[block], -1);
                Arrays.fill(backward[block], -1);
            }
        }
    }

    /// Most micro-batches of chunks whose forward pass is done on a stage and whose weights' gradients are not.
    int inFlight(int stage) {
        int now = 0;
        int most = 0;
        for (int code : orders[stage]) {
            now += Pass.isForward(code) ? 1 : Pass.makesWeightGradient(code) ? -1 : 0;
            most = Math.max(most, now);
        }
        return most;
    }

    /// Messages of the passes in the order of each stage: those it sends to another, or those it receives from it.
    Map<Link, List<Message>> messages(boolean sent) {
        Map<Link, List<Message>> messages = new HashMap<>();
        for (int stage = 0; stage < stages; stage++) {
            for (int code : orders[stage]) {
                boolean forwards = Pass.isForward(code);
                int block = placement.block(stage, Pass.chunk(code), stages);
                int other = forwards == sent ? block + 1 : block - 1;
                if ((!forwards && !Pass.makesInputGradient(code)) || other < 0 || other >= stages * chunks) {
                    continue;
                }
                int otherStage = placement.stageOf(other, stages);
                if (otherStage != stage) {
                    Link link = new Link(sent ? stage : otherStage, sent ? otherStage : stage, forwards);
                    messages.computeIfAbsent(link, any -> new ArrayList<>())
                            .add(new Message(Math.min(block, other), Pass.microBatch(code)));
                }
            }
        }
        return messages;
    }

    /// A way of activations or gradients from stage to stage.
    record Link(int from, int to, boolean activations) {}

    /// What passes between a block and the next.
    record Message(int block, int microBatch) {}
}
