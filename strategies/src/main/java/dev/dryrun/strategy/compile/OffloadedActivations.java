// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.strategy.pipeline.Pass;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Writes passes whose layers' activations go to the host after the forward pass and come back for the backward pass.
///
/// Copies run beside the layers. Forward, a layer waits until those of the one before the last are gone; backward, the
/// next layer's come while a layer runs, so that no more than two layers' are on the device. With compute C and copies
/// of time A a layer takes `max(C, A)` either way once the first has come.
/// Source: Rhu et al., 2016, arXiv:1602.08124, section 3.
final class OffloadedActivations {
    private final ProgramBuilder program;
    private final PassWriter writer;
    private final HostLink host;
    /// Copies of each micro-batch and chunk that have left, the last layer's first.
    private final Map<Long, Deque<Integer>> left = new HashMap<>();
    /// Of the forward pass, the last two.
    private final Deque<Integer> leaving = new ArrayDeque<>();
    /// Where the last layer, and the one before it, were done on the compute stream.
    private int done = Program.NONE;

    private int doneBefore = Program.NONE;
    private final IdentityHashMap<PassWork.Part, PassWork> single = new IdentityHashMap<>();

    OffloadedActivations(ProgramBuilder program, PassWriter writer, HostLink host) {
        this.program = program;
        this.writer = writer;
        this.host = host;
    }

    /// Writes a pass, or a piece of one, and returns its last instruction on the compute stream.
    int write(int pass, PassWork work, int after, String name) {
        return switch (Pass.direction(pass)) {
            case FORWARD -> forward(pass, work, after, name);
            case BACKWARD, INPUT_GRADIENT -> backward(pass, work, after, name);
            case WEIGHT_GRADIENT -> writer.write(program, work, after, name, Pass.microBatch(pass));
        };
    }

    private int forward(int pass, PassWork work, int after, String name) {
        Deque<Integer> copies = left.computeIfAbsent(key(pass), of -> new ArrayDeque<>());
        int waitsFor = after;
        for (PassWork.Part part : work.parts()) {
            if (part.layer() && leaving.size() == 2) {
                program.await(Streams.COMPUTE, leaving.removeFirst());
            }
            note(writer.write(program, single(part), waitsFor, name, Pass.microBatch(pass)));
            waitsFor = Program.NONE;
            if (part.layer()) {
                int copy = host.out((double) part.offloadedBytes(), done, "activations to host", Pass.microBatch(pass));
                copies.addFirst(copy);
                leaving.addLast(copy);
            }
        }
        return done;
    }

    private int backward(int pass, PassWork work, int after, String name) {
        Deque<Integer> copies = left.getOrDefault(key(pass), new ArrayDeque<>());
        int waitsFor = after;
        for (PassWork.Part part : work.parts()) {
            if (part.layer() && !copies.isEmpty()) {
                host.holdIn(copies.removeFirst());
                int come = host.in(
                        (double) part.offloadedBytes(), doneBefore, "activations from host", Pass.microBatch(pass));
                program.await(Streams.COMPUTE, come);
            }
            note(writer.write(program, single(part), waitsFor, name, Pass.microBatch(pass)));
            waitsFor = Program.NONE;
        }
        return done;
    }

    private void note(int instruction) {
        doneBefore = done;
        done = instruction;
    }

    private static long key(int pass) {
        return (long) Pass.chunk(pass) << Integer.SIZE | Pass.microBatch(pass);
    }

    /// Blocks are cached by the identity of works; layers are the same part list again and again.
    private PassWork single(PassWork.Part part) {
        return single.computeIfAbsent(part, of -> new PassWork(List.of(of)));
    }
}
