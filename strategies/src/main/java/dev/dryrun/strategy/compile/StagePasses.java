// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.ProgramBuilder;
import dev.dryrun.strategy.pipeline.Pass;
import java.util.ArrayList;
import java.util.List;

/// The passes of a stage on its compute stream: for each chunk one forward and one backward, written whole or in
/// pieces.
final class StagePasses {
    private final ProgramBuilder program;
    private final PassWriter writer;
    private final int microBatches;
    private final List<PassWork> forward = new ArrayList<>();
    private final List<PassWork> backward = new ArrayList<>();

    StagePasses(ProgramBuilder program, PassWriter writer, StageWork work, int stage, int chunks, int microBatches) {
        this.program = program;
        this.writer = writer;
        this.microBatches = microBatches;
        for (int chunk = 0; chunk < chunks; chunk++) {
            forward.add(work.forward(stage, chunk));
            backward.add(work.backward(stage, chunk));
        }
    }

    int chunks() {
        return forward.size();
    }

    int microBatches() {
        return microBatches;
    }

    PassWork work(int pass) {
        return Pass.isForward(pass) ? forward(Pass.chunk(pass)) : backward.get(Pass.chunk(pass));
    }

    PassWork forward(int chunk) {
        return forward.get(chunk);
    }

    /// Parameters of a rank of the stage.
    double parameters() {
        return forward.stream().mapToDouble(PassWork::parameters).sum();
    }

    /// Writes a pass as a whole and returns its last instruction on the compute stream.
    int write(int pass, int after) {
        return write(pass, work(pass), after);
    }

    /// Writes a piece of a pass.
    int write(int pass, PassWork piece, int after) {
        return writer.write(program, piece, after, name(pass), Pass.microBatch(pass));
    }

    /// Holds the compute stream until an instruction is done.
    int await(int instruction) {
        return program.await(Streams.COMPUTE, instruction);
    }

    private String name(int pass) {
        String ofChunk = chunks() > 1 ? " chunk " + Pass.chunk(pass) : "";
        return (Pass.isForward(pass) ? "forward" : "backward") + ofChunk;
    }
}
