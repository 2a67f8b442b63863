// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.pipeline;

import java.util.Arrays;

/// A pipeline whose passes take fixed times and whose transfers take none: a pass starts as soon as its stage is free
/// and its input is there.
final class UnitTimePipeline {
    private final int stages;
    private final int chunks;
    private final int microBatches;
    private final int[][] orders;

    UnitTimePipeline(PipelineSchedule schedule, int stages, int chunks, int microBatches) {
        this.stages = stages;
        this.chunks = chunks;
        this.microBatches = microBatches;
        this.orders = new int[stages][];
        for (int stage = 0; stage < stages; stage++) {
            orders[stage] = schedule.order(stage, stages, chunks, microBatches);
        }
    }

    /// Time until every stage is done, or -1 where stages wait for each other in a circle.
    long makespan(long forwardTime, long backwardTime) {
        int blocks = stages * chunks;
        long[][] forwardEnd = new long[blocks][microBatches];
        long[][] backwardEnd = new long[blocks][microBatches];
        for (int block = 0; block < blocks; block++) {
            Arrays.fill(forwardEnd[block], -1);
            Arrays.fill(backwardEnd[block], -1);
        }
        int[] done = new int[stages];
        long[] free = new long[stages];
        boolean moved = true;
        while (moved) {
            moved = false;
            for (int stage = 0; stage < stages; stage++) {
                while (done[stage] < orders[stage].length) {
                    Pass pass = Pass.of(orders[stage][done[stage]]);
                    int block = pass.chunk() * stages + stage;
                    int micro = pass.microBatch();
                    boolean forward = pass.direction() == Pass.Direction.FORWARD;
                    long ready;
                    if (forward) {
                        ready = block == 0 ? 0 : forwardEnd[block - 1][micro];
                    } else {
                        long own = forwardEnd[block][micro];
                        long next = block == blocks - 1 ? own : backwardEnd[block + 1][micro];
                        ready = own < 0 ? -1 : next;
                    }
                    if (ready < 0) {
                        break;
                    }
                    free[stage] = Math.max(free[stage], ready) + (forward ? forwardTime : backwardTime);
                    (forward ? forwardEnd : backwardEnd)[block][micro] = free[stage];
                    done[stage]++;
                    moved = true;
                }
            }
        }
        for (int stage = 0; stage < stages; stage++) {
            if (done[stage] < orders[stage].length) {
                return -1;
            }
        }
        return Arrays.stream(free).max().orElse(0);
    }

    /// Most micro-batches of chunks whose forward pass is done on a stage and whose backward pass is not.
    int inFlight(int stage) {
        int now = 0;
        int most = 0;
        for (int code : orders[stage]) {
            now += Pass.isForward(code) ? 1 : -1;
            most = Math.max(most, now);
        }
        return most;
    }

    int[] order(int stage) {
        return orders[stage];
    }
}
