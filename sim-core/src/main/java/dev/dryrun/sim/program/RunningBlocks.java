// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.sim.program;

import dev.dryrun.sim.engine.Engine;

/// The blocks that run: how fast they go beside their member's communications, and when they end.
final class RunningBlocks {
    private final StepPlan plan;
    private final Lanes lanes;
    private final TimeLedger ledger;
    private final Engine engine;

    RunningBlocks(StepPlan plan, Lanes lanes, TimeLedger ledger, Engine engine) {
        this.plan = plan;
        this.lanes = lanes;
        this.ledger = ledger;
        this.engine = engine;
    }

    /// Begins the block at a lane's head, which its host began to issue at `issueNanos`.
    void begin(int lane, int member, Program program, long issueNanos, long nowNanos) {
        Block block = plan.tables().block(program.operand[lanes.head[lane]]);
        lanes.status[lane] = Lanes.RUNNING;
        lanes.readyNanos[lane] = nowNanos;
        lanes.startNanos[lane] = nowNanos;
        lanes.leftNanos[lane] = block.deviceNanos();
        lanes.updatedNanos[lane] = nowNanos;
        lanes.hostFloorNanos[lane] = issueNanos + block.pathNanos();
        lanes.speed[lane] = speed(block, slowdown(member));
        scheduleEnd(lane, nowNanos);
    }

    private void scheduleEnd(int lane, long nowNanos) {
        long deviceEnd = nowNanos + Math.round(lanes.leftNanos[lane] / lanes.speed[lane]);
        lanes.endNanos[lane] = Math.max(deviceEnd, Math.max(nowNanos, lanes.hostFloorNanos[lane]));
        engine.schedule(lanes.endNanos[lane] - nowNanos, lane);
    }

    /// Device time per nanosecond of a block beside communication: its slowable part `f` at `1 - slowdown`, the rest at
    /// 1.
    private static double speed(Block block, double slowdown) {
        if (slowdown == 0 || block.deviceNanos() == 0) {
            return 1;
        }
        double slowable = (double) block.slowableNanos() / block.deviceNanos();
        return 1 / (1 - slowable + slowable / (1 - slowdown));
    }

    /// The strongest slowdown among the member's communications that run now.
    private double slowdown(int member) {
        double strongest = 0;
        for (int lane = member * lanes.streams; lane < (member + 1) * lanes.streams; lane++) {
            if (lanes.status[lane] == Lanes.COMMUNICATING) {
                strongest = Math.max(
                        strongest,
                        plan.call(lanes.memberOf(lane), lanes.head[lane]).slowdown());
            }
        }
        return strongest;
    }

    /// Books what a running block has done since its speed last changed.
    void book(int lane, int member, long nowNanos) {
        long elapsed = nowNanos - lanes.updatedNanos[lane];
        double done = elapsed * lanes.speed[lane];
        if (lane % lanes.streams == 0 && lanes.speed[lane] < 1) {
            ledger.stretched(member, elapsed - done, strongestCategory(member));
        }
        lanes.leftNanos[lane] = Math.max(0, lanes.leftNanos[lane] - done);
        lanes.updatedNanos[lane] = nowNanos;
    }

    private int strongestCategory(int member) {
        int category = plan.tables().categories().host();
        double strongest = 0;
        for (int lane = member * lanes.streams; lane < (member + 1) * lanes.streams; lane++) {
            if (lanes.status[lane] == Lanes.COMMUNICATING
                    && plan.call(lanes.memberOf(lane), lanes.head[lane]).slowdown() > strongest) {
                strongest = plan.call(lanes.memberOf(lane), lanes.head[lane]).slowdown();
                category = plan.call(lanes.memberOf(lane), lanes.head[lane]).category();
            }
        }
        return category;
    }

    /// Books the running blocks of a member at their old speed; to be called before its communications change.
    void bookAll(int member, long nowNanos) {
        for (int lane = member * lanes.streams; lane < (member + 1) * lanes.streams; lane++) {
            if (lanes.status[lane] == Lanes.RUNNING) {
                book(lane, member, nowNanos);
            }
        }
    }

    /// Gives the running blocks of a member their new speed; to be called after its communications have changed.
    void respeedAll(int member, long nowNanos) {
        double slowdown = slowdown(member);
        Program program = plan.program(member);
        for (int lane = member * lanes.streams; lane < (member + 1) * lanes.streams; lane++) {
            if (lanes.status[lane] == Lanes.RUNNING) {
                double speed = speed(plan.tables().block(program.operand[lanes.head[lane]]), slowdown);
                if (speed != lanes.speed[lane]) {
                    lanes.speed[lane] = speed;
                    scheduleEnd(lane, nowNanos);
                }
            }
        }
    }
}
