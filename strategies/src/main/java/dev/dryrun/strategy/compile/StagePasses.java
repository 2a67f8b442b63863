// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.Program;
import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.strategy.model.RankParameters;
import dev.dryrun.strategy.pipeline.Pass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The passes of a stage on its compute stream: for each chunk one of each direction, written whole or in pieces.
final class StagePasses {
    private final ProgramBuilder program;
    private final PassWriter writer;
    /// By direction and chunk.
    private final List<List<PassWork>> works = new ArrayList<>();
    /// Of each chunk the first forward pass and the one that completes its gradients, as codes.
    private final int[] firstForward;

    private final int[] lastGradient;
    private Optional<OffloadedActivations> offloaded = Optional.empty();

    /// @param order passes of the stage as the schedule has them
    StagePasses(ProgramBuilder program, PassWriter writer, StageWork work, int stage, int chunks, int[] order) {
        this.program = program;
        this.writer = writer;
        for (Pass.Direction direction : Pass.Direction.values()) {
            List<PassWork> ofDirection = new ArrayList<>();
            for (int chunk = 0; chunk < chunks; chunk++) {
                ofDirection.add(
                        switch (direction) {
                            case FORWARD -> work.forward(stage, chunk);
                            case BACKWARD -> work.backward(stage, chunk);
                            case INPUT_GRADIENT -> work.inputGradient(stage, chunk);
                            case WEIGHT_GRADIENT -> work.weightGradient(stage, chunk);
                        });
            }
            works.add(ofDirection);
        }
        firstForward = new int[chunks];
        lastGradient = new int[chunks];
        findEnds(order);
    }

    private void findEnds(int[] order) {
        for (int i = order.length - 1; i >= 0; i--) {
            if (Pass.isForward(order[i])) {
                firstForward[Pass.chunk(order[i])] = order[i];
            }
        }
        for (int pass : order) {
            if (Pass.makesWeightGradient(pass)) {
                lastGradient[Pass.chunk(pass)] = pass;
            }
        }
    }

    int chunks() {
        return firstForward.length;
    }

    /// Whether no micro-batch passes its chunk forward before.
    boolean isFirstForward(int pass) {
        return pass == firstForward[Pass.chunk(pass)];
    }

    /// Whether the gradients of its chunk's weights are complete after it.
    boolean completesGradients(int pass) {
        return pass == lastGradient[Pass.chunk(pass)];
    }

    PassWork work(int pass) {
        return works.get(Pass.direction(pass).ordinal()).get(Pass.chunk(pass));
    }

    PassWork forward(int chunk) {
        return works.get(Pass.Direction.FORWARD.ordinal()).get(chunk);
    }

    /// Parameters of a rank of the stage.
    RankParameters parameters() {
        return works.get(Pass.Direction.FORWARD.ordinal()).stream()
                .map(PassWork::parameters)
                .reduce(RankParameters.NONE, RankParameters::plus);
    }

    /// Writes a pass as a whole and returns its last instruction on the compute stream.
    int write(int pass, int after) {
        return write(pass, work(pass), after);
    }

    /// Lets activations of layers go to the host between the passes.
    void offload(OffloadedActivations activations) {
        offloaded = Optional.of(activations);
    }

    /// Writes a piece of a pass.
    int write(int pass, PassWork piece, int after) {
        if (offloaded.isPresent()) {
            return offloaded.get().write(pass, piece, after, name(pass));
        }
        return writer.write(program, piece, after, name(pass), Pass.microBatch(pass));
    }

    /// Writes work that belongs to no pass.
    int write(PassWork work, int after, String name) {
        return writer.write(program, work, after, name, Program.NONE);
    }

    /// Holds the compute stream until an instruction is done.
    int await(int instruction) {
        return program.await(Streams.COMPUTE, instruction);
    }

    private String name(int pass) {
        String direction = Pass.direction(pass).name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return chunks() > 1 ? direction + " chunk " + Pass.chunk(pass) : direction;
    }
}
