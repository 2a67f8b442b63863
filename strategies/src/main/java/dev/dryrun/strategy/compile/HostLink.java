// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.Block;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.job.TrainingJob;

/// Writes copies between a device and its host, one after the other in each direction, and what the host itself
/// computes. Each GPU has the way to its host to itself; kernels are not slowed.
final class HostLink {
    private final ProgramBuilder program;
    private final double bytesPerSecond;
    private final double updateBytesPerSecond;
    private final long hostNanos;

    /// @param part of the cluster that its GPUs are of
    HostLink(TrainingJob job, int part, ProgramBuilder program) {
        this.program = program;
        bytesPerSecond = job.hostBytesPerSecond(part);
        updateBytesPerSecond = job.strategy().offload().updateBytesPerSecond();
        hostNanos = SimTime.toNanos(job.stack().hostSecondsPerKernel());
    }

    int out(double bytes, int after, String name, int microBatch) {
        return block(Streams.TO_HOST, bytes / bytesPerSecond, after, name, microBatch);
    }

    int in(double bytes, int after, String name, int microBatch) {
        return block(Streams.FROM_HOST, bytes / bytesPerSecond, after, name, microBatch);
    }

    /// The host reads and writes so many bytes of its memory.
    int update(double bytes, int after, String name) {
        return block(Streams.HOST_UPDATE, bytes / updateBytesPerSecond, after, name, Program.NONE);
    }

    /// Holds copies from the host until an instruction is done.
    void holdIn(int until) {
        program.await(Streams.FROM_HOST, until);
    }

    private int block(int stream, double seconds, int after, String name, int microBatch) {
        Block block = Block.single(
                Category.values().length, Category.OFFLOAD.ordinal(), hostNanos, SimTime.toNanos(seconds), false);
        return program.block(stream, block, after, name, microBatch);
    }
}
