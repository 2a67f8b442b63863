// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.Program;
import dev.dryrun.strategy.job.TrainingJob;

/// The optimizer step of a rank whose optimizer state is on the host, piece by piece, one for each layer.
///
/// Updated by the host, with K pieces of time u and copies of the new weights of time c: `K u + c` where u is longer,
/// else `u + K c`. Streamed through the device, with copies of the state of time s each way beside each other and
/// updates g: `K s + g + s` where s is longer; no more than three pieces are on the device at a time. Sources: Ren et
/// al., 2021, arXiv:2101.06840, section 5 (the update overlaps the copy back); Rajbhandari et al., 2021,
/// arXiv:2104.07857, section 5.2.
final class OffloadedOptimizer {
    private final TrainingJob job;
    private final OptimizerStep step;
    private final HostLink host;
    private final StagePasses passes;
    private final int pieces;
    private final double stateBytes;

    /// @param stateBytes of the optimizer, of this rank
    OffloadedOptimizer(
            TrainingJob job, OptimizerStep step, HostLink host, StagePasses passes, int pieces, double stateBytes) {
        this.job = job;
        this.step = step;
        this.host = host;
        this.passes = passes;
        this.pieces = Math.max(1, pieces);
        this.stateBytes = stateBytes;
    }

    /// Writes it and returns its last instruction on the compute stream.
    int write(int stage) {
        int rest = passes.write(step.aroundUpdate(stage), Program.NONE, "optimizer");
        return switch (job.strategy().offload().optimizer()) {
            case DEVICE -> throw new IllegalStateException("the optimizer's state is on the device");
            case HOST -> byHost(stage, rest);
            case STREAMED -> streamed(stage, rest);
        };
    }

    private int byHost(int stage, int after) {
        double weights = job.training().precision().tensorBytes() * step.share(stage) / pieces;
        int copied = Program.NONE;
        for (int piece = 0; piece < pieces; piece++) {
            int updated = host.update(step.updateBytes(stage) / pieces, after, "update of host");
            copied = host.in(weights, updated, "weights from host", Program.NONE);
        }
        return passes.await(copied);
    }

    /// One piece comes while another is updated and a third goes.
    private int streamed(int stage, int after) {
        PassWork update = step.update(stage, pieces);
        double bytes = stateBytes / pieces;
        int[] gone = new int[pieces];
        int last = after;
        for (int piece = 0; piece < pieces; piece++) {
            int room = piece < 3 ? after : gone[piece - 3];
            int arrived = host.in(bytes, room, "state from host", Program.NONE);
            last = passes.write(update, arrived, "update");
            gone[piece] = host.out(bytes, last, "state to host", Program.NONE);
        }
        return passes.await(gone[pieces - 1]);
    }
}
