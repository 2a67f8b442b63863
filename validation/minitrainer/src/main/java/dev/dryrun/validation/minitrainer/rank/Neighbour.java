// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.rank;

import static org.bytedeco.pytorch.global.torch.empty;

import dev.dryrun.strategy.layout.Layout;
import dev.dryrun.strategy.pipeline.StagePartition;
import dev.dryrun.validation.minitrainer.group.Group;
import dev.dryrun.validation.minitrainer.group.Transfer;
import dev.dryrun.validation.minitrainer.tape.Native;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;

/// What stages hand to each other: activations forward, gradients backward. Between chunks of one stage nothing
/// travels.
///
/// Sends go on while later passes run, and the input of the next pass is asked for while this one runs.
final class Neighbour {
    private final Job job;
    private final int rank;
    private final Group world;
    private final long[] shape;
    private final TensorOptions options;
    private final List<Transfer> sends = new ArrayList<>();
    private final Map<Integer, Tensor> here = new TreeMap<>();
    private final Map<Integer, Arriving> arriving = new TreeMap<>();

    private record Arriving(Tensor tensor, Transfer transfer) {}

    /// @param shape of what travels
    Neighbour(Job job, int rank, Group world, long[] shape, TensorOptions options) {
        this.job = job;
        this.rank = rank;
        this.world = world;
        this.shape = shape.clone();
        this.options = options;
    }

    /// Hands on what a chunk made.
    ///
    /// @param forward an activation to the block behind, else a gradient to the one before
    /// @param tensor the caller's
    void give(int chunk, int microBatch, boolean forward, Tensor tensor) {
        int block = block(chunk) + (forward ? 1 : -1);
        int tag = tag(block, microBatch, forward);
        if (!travels(chunk, forward)) {
            here.put(tag, Native.alias(tensor));
            return;
        }
        int slot = forward ? Layout.SEND_FORWARD : Layout.SEND_BACKWARD;
        try (PointerScope scope = Native.scope()) {
            sends.add(world.startSend(tensor.contiguous(), peer(slot, 1), tag));
        }
    }

    /// Asks for the input of a pass.
    void ask(int chunk, int microBatch, boolean forward) {
        int tag = tag(block(chunk), microBatch, forward);
        if (comesFromAfar(chunk, forward) && !arriving.containsKey(tag)) {
            int slot = forward ? Layout.RECEIVE_FORWARD : Layout.RECEIVE_BACKWARD;
            try (PointerScope scope = Native.scope()) {
                Tensor tensor = Native.keep(empty(shape, options, new MemoryFormatOptional()));
                arriving.put(tag, new Arriving(tensor, world.startReceive(tensor, peer(slot, 0), tag)));
            }
        }
    }

    /// Waits for the input of a pass, which is the caller's from now on.
    Tensor take(int chunk, int microBatch, boolean forward) {
        int tag = tag(block(chunk), microBatch, forward);
        Tensor own = here.remove(tag);
        if (own != null) {
            return own;
        }
        ask(chunk, microBatch, forward);
        Arriving awaited = arriving.remove(tag);
        if (awaited == null) {
            throw new IllegalStateException("nobody sends the input of chunk " + chunk);
        }
        awaited.transfer().await();
        return awaited.tensor();
    }

    /// Waits until everything that was sent has arrived.
    void finish() {
        sends.forEach(Transfer::await);
        sends.clear();
    }

    private int stage() {
        return job.layout().stageOf(rank);
    }

    private int block(int chunk) {
        return job.partition().block(stage(), chunk);
    }

    private boolean travels(int chunk, boolean forward) {
        StagePartition partition = job.partition();
        return forward ? partition.sendsActivations(stage(), chunk) : partition.receivesActivations(stage(), chunk);
    }

    private boolean comesFromAfar(int chunk, boolean forward) {
        return travels(chunk, !forward);
    }

    private int peer(int slot, int place) {
        return job.layout().gpusOf(job.layout().groupOf(rank, slot))[place];
    }

    /// Names an input: what, of which block, of which micro-batch.
    private int tag(int block, int microBatch, boolean forward) {
        return (microBatch * job.partition().blocks() + block) * 2 + (forward ? 0 : 1);
    }
}
