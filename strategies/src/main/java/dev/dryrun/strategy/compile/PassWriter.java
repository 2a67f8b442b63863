// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.Block;
import dev.dryrun.sim.program.Call;
import dev.dryrun.sim.program.MemoryDelta;
import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.sim.units.SimTime;
import dev.dryrun.strategy.layout.Layout;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Writes the steps of a pass as instructions of a rank's program, as finely as the detail asks for.
final class PassWriter {
    private static final int CATEGORIES = Category.values().length;

    private final Detail detail;
    private final TransferTable transfers;
    private final double[] capacity;
    private final IntUnaryOperator groupOfSlot;
    private final long hostNanos;
    private final long blockingNanos;
    private final boolean hostAwaitsParts;
    private final double tensorSlowdown;
    private final double contextSlowdown;
    /// Blocks of parts and of passes that were written before, by identity: the layers of a model are the same list.
    private final IdentityHashMap<List<Op>, Block> blockOfPart = new IdentityHashMap<>();

    private final IdentityHashMap<PassWork, Block> blockOfPass = new IdentityHashMap<>();

    /// @param groupOfSlot groups of a rank of the stage, which stand for all of their kind where a pass is one block
    /// @param hostSecondsPerKernel host time to issue a kernel or a collective
    /// @param blockingSeconds time of each kernel or collective of a pass in which the device waits for a host that
    /// waits for the device; 0 where the host runs ahead
    /// @param hostAwaitsParts whether the host waits for the device after each part of a pass
    /// @param tensorSlowdown share of their speed that kernels lose beside a collective of the tensor group
    /// @param contextSlowdown the same beside the messages of ranks that share a sequence
    PassWriter(
            Detail detail,
            TransferTable transfers,
            double[] capacity,
            IntUnaryOperator groupOfSlot,
            double hostSecondsPerKernel,
            double blockingSeconds,
            boolean hostAwaitsParts,
            double tensorSlowdown,
            double contextSlowdown) {
        this.detail = detail;
        this.transfers = transfers;
        this.capacity = capacity;
        this.groupOfSlot = groupOfSlot;
        this.hostNanos = SimTime.toNanos(hostSecondsPerKernel);
        this.hostAwaitsParts = hostAwaitsParts;
        this.blockingNanos = SimTime.toNanos(blockingSeconds);
        this.tensorSlowdown = tensorSlowdown;
        this.contextSlowdown = contextSlowdown;
    }

    /// Writes a pass and returns its last instruction on the compute stream.
    ///
    /// @param after instruction that must be done before, or `Program.NONE`
    int write(ProgramBuilder program, PassWork pass, int after, String name, int microBatch) {
        if (detail == Detail.CHUNK) {
            Block block = blockOfPass.computeIfAbsent(pass, this::wholeBlock);
            return program.block(Streams.COMPUTE, block, after, name, microBatch);
        }
        Fine fine = new Fine(program, after, name, microBatch);
        for (PassWork.Part part : pass.parts()) {
            writeFinely(fine, part.ops());
            if (hostAwaitsParts) {
                fine.flush(name);
                program.hostSync(fine.last);
            }
        }
        fine.flush(name);
        return fine.last;
    }

    private void writeFinely(Fine fine, List<Op> ops) {
        for (Op op : ops) {
            switch (op) {
                case Op.Memory(MemoryDelta delta) -> fine.join(Block.memory(CATEGORIES, delta));
                case Op.Kernel kernel -> {
                    fine.join(block(kernel));
                    if (detail == Detail.KERNEL) {
                        fine.flush(kernel.name());
                    }
                }
                case Op.Collective collective -> {
                    fine.join(blocking());
                    fine.flush(fine.name);
                    fine.onComputeStream(fine.program.call(
                            Streams.COMPUTE, call(collective, 0), fine.waitsFor, collective.name(), fine.microBatch));
                }
                case Op.Beside(Op.Kernel kernel, Op.Collective collective) -> {
                    fine.join(blocking());
                    fine.flush(fine.name);
                    int beside = fine.program.call(
                            Streams.TENSOR,
                            call(collective, slowdown(collective)),
                            fine.last,
                            collective.name(),
                            fine.microBatch);
                    fine.join(block(kernel));
                    fine.flush(kernel.name());
                    fine.onComputeStream(fine.program.await(Streams.COMPUTE, beside));
                }
            }
        }
    }

    /// How long a pass takes on its own: of the host and the device what is busy for longer.
    long nanos(PassWork pass) {
        Block block = wholeBlock(pass);
        return Math.max(block.hostNanos(), block.deviceNanos());
    }

    /// Where the writing of a pass in several instructions stands.
    private static final class Fine {
        private final ProgramBuilder program;
        private final String name;
        private final int microBatch;
        /// Last instruction on the compute stream, or what the pass waits for.
        private int last;
        /// What the next instruction on the compute stream waits for.
        private int waitsFor;
        /// Kernels that are not yet an instruction.
        private Block pending = Block.empty(CATEGORIES);

        Fine(ProgramBuilder program, int after, String name, int microBatch) {
            this.program = program;
            this.name = name;
            this.microBatch = microBatch;
            last = after;
            waitsFor = after;
        }

        void join(Block block) {
            pending = pending.then(block);
        }

        void flush(String named) {
            if (!pending.equals(Block.empty(CATEGORIES))) {
                onComputeStream(program.block(Streams.COMPUTE, pending, waitsFor, named, microBatch));
                pending = Block.empty(CATEGORIES);
            }
        }

        void onComputeStream(int instruction) {
            last = instruction;
            waitsFor = Program.NONE;
        }
    }

    private Call call(Op.Collective collective, double slowdown) {
        return new Call(
                collective.slot(),
                transfers.numberOf(collective.kind(), collective.bytes()),
                collective.category().ordinal(),
                Category.IMBALANCE.ordinal(),
                hostNanos,
                slowdown);
    }

    private Block block(Op.Kernel kernel) {
        return blocking()
                .then(Block.single(
                        CATEGORIES,
                        kernel.category().ordinal(),
                        hostNanos + SimTime.toNanos(kernel.hostSeconds()),
                        SimTime.toNanos(kernel.seconds()),
                        true));
    }

    /// The device's wait for a host that only now begins to issue.
    private Block blocking() {
        return Block.single(CATEGORIES, Category.HOST.ordinal(), 0, blockingNanos, false);
    }

    private Block wholeBlock(PassWork pass) {
        Block block = Block.empty(CATEGORIES);
        for (PassWork.Part part : pass.parts()) {
            Block ofPart = blockOfPart.computeIfAbsent(part.ops(), this::wholeBlock);
            block = block.then(hostAwaitsParts ? ofPart.awaited(Category.HOST.ordinal()) : ofPart);
        }
        return block;
    }

    private Block wholeBlock(List<Op> ops) {
        Block block = Block.empty(CATEGORIES);
        for (Op op : ops) {
            block = block.then(
                    switch (op) {
                        case Op.Memory(MemoryDelta delta) -> Block.memory(CATEGORIES, delta);
                        case Op.Kernel kernel -> block(kernel);
                        case Op.Collective collective ->
                            blocking()
                                    .then(Block.single(
                                            CATEGORIES,
                                            collective.category().ordinal(),
                                            hostNanos,
                                            aloneNanos(collective),
                                            false));
                        case Op.Beside(Op.Kernel kernel, Op.Collective collective) -> beside(kernel, collective);
                    });
        }
        return block;
    }

    private long aloneNanos(Op.Collective collective) {
        return transfers
                .activity(
                        groupOfSlot.applyAsInt(collective.slot()),
                        transfers.numberOf(collective.kind(), collective.bytes()))
                .aloneNanos(capacity);
    }

    /// A kernel of `g` beside a collective of `c`, which takes the share `s` of the kernel's speed while it runs:
    ///
    ///     g + s c    if c (1 - s) < g, else c
    private Block beside(Op.Kernel kernel, Op.Collective collective) {
        long kernelNanos = SimTime.toNanos(kernel.seconds());
        long collectiveNanos = aloneNanos(collective);
        double doneMeanwhile = collectiveNanos * (1 - slowdown(collective));
        long total = Math.round(doneMeanwhile) >= kernelNanos
                ? collectiveNanos
                : collectiveNanos + Math.round(kernelNanos - doneMeanwhile);
        long[] nanos = new long[CATEGORIES];
        long[] hidden = new long[CATEGORIES];
        nanos[kernel.category().ordinal()] = kernelNanos;
        nanos[collective.category().ordinal()] = total - kernelNanos;
        hidden[collective.category().ordinal()] = collectiveNanos - (total - kernelNanos);
        return blocking()
                .then(new Block(
                        2 * hostNanos, total, 2 * hostNanos + total, nanos, hidden, kernelNanos, MemoryDelta.NONE));
    }

    private double slowdown(Op.Collective collective) {
        return collective.slot() == Layout.CONTEXT ? contextSlowdown : tensorSlowdown;
    }
}
