// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.sim.program.Program;
import dev.dryrun.strategy.job.ParameterSharding;
import dev.dryrun.strategy.job.Stack;
import dev.dryrun.strategy.memory.MemoryModel;
import dev.dryrun.strategy.model.RankParameters;
import dev.dryrun.strategy.pipeline.Pass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Each replica keeps a share of every layer (ZeRO-3, FSDP): parameters are gathered before a layer runs forward, again
/// before it runs backward if they were freed between, and its gradients are reduced to their shares after it ran
/// backward; in every micro-batch.
///
/// With prefetch the next layer's gather runs beside a layer, and begins when the one before that layer is done, so
/// that no more than two layers are whole at a time. For layers of compute time C, gather G and reduction R, kernels
/// losing the share k of their speed meanwhile, a layer takes
///
///     forward    max(C + k G, G)         backward    max(C + k (G + R), G + R)
///
/// The first gather of a pass and the last reduction are waited for. Embedding and head are one unit: gathered before
/// the forward pass, kept, and reduced at the end of the backward pass. Source: Zhao et al., VLDB 2023,
/// arXiv:2304.11277, sections 3.2.1, 3.3.2 and 3.4.2; order of the collectives as in PyTorch's FSDP.
final class ShardedParameters implements DataTraffic {
    private final StagePasses passes;
    private final DataCalls calls;
    private final boolean reshards;
    private final boolean ahead;
    private final boolean beside;
    private final double slowdown;
    /// Whether gradients stay whole until the last micro-batch.
    private final boolean reducesLast;
    /// Whether a chunk's layers are whole.
    private final boolean[] whole;
    private final ShardMemory memory;
    /// Last instruction on the compute stream.
    private int last = Program.NONE;

    /// @param reducesLast whether gradients are reduced with the last micro-batch only
    ShardedParameters(
            StagePasses passes, DataCalls calls, ParameterSharding sharding, MemoryModel memory, boolean reducesLast) {
        this.passes = passes;
        this.calls = calls;
        this.reducesLast = reducesLast;
        Stack stack = calls.stack();
        reshards = sharding.reshardAfterForward();
        beside = stack.dataOverlap();
        ahead = beside && sharding.prefetch();
        slowdown = beside ? stack.dataSlowdown() : 0;
        whole = new boolean[passes.chunks()];
        this.memory = new ShardMemory(memory, passes.chunks(), reshards, ahead, beside);
    }

    @Override
    public void begin() {
        last = Program.NONE;
        Arrays.fill(whole, false);
    }

    @Override
    public int write(int pass, int after) {
        if (after != Program.NONE) {
            last = passes.await(after);
        }
        int chunk = Pass.chunk(pass);
        boolean gathers = !whole[chunk];
        switch (Pass.direction(pass)) {
            case FORWARD -> {
                writeForward(pass, gathers);
                whole[chunk] = !reshards;
            }
            case BACKWARD -> {
                writeBackward(pass, gathers);
                whole[chunk] = false;
            }
            case INPUT_GRADIENT -> {
                writeLayers(pass, gathers, false);
                whole[chunk] = false;
            }
            // Products of what was kept: no parameter is needed.
            case WEIGHT_GRADIENT -> writeBackward(pass, false);
        }
        return last;
    }

    private void writeForward(int pass, boolean gathers) {
        RankParameters ends = parametersOfEnds(pass);
        if (ends.total() > 0) {
            last = passes.await(calls.gatherShares(ends, last, slowdown));
        }
        writeLayers(pass, gathers, false);
    }

    private void writeBackward(int pass, boolean gathers) {
        boolean reduces = !reducesLast || passes.completesGradients(pass);
        int reduced = writeLayers(pass, gathers, reduces);
        RankParameters ends = parametersOfEnds(pass);
        if (reduces && ends.trained().total() > 0) {
            reduced = calls.reduceShares(ends, last, slowdown);
        }
        if (reduced != Program.NONE) {
            last = passes.await(reduced);
        }
    }

    /// Returns the last reduction.
    private int writeLayers(int pass, boolean gathers, boolean reduces) {
        var gathering = new Gathers(pass, gathers);
        int reduced = Program.NONE;
        for (ShardMemory.Piece piece : memory.pieces(pass, passes.work(pass), gathers)) {
            PassWork.Part part = piece.part();
            last = passes.write(pass, piece.work(), part.layer() ? gathering.next() : Program.NONE);
            if (part.layer() && reduces) {
                reduced = calls.reduceShares(part.parameters(), last, slowdown);
                if (!beside) {
                    last = passes.await(reduced);
                }
            }
            gathering.done(part.layer());
        }
        return reduced;
    }

    /// The gathers of a pass's layers, each issued as soon as its turn has come.
    private final class Gathers {
        private final List<RankParameters> parameters = new ArrayList<>();
        private final List<Integer> issued = new ArrayList<>();
        private final boolean gathers;
        private int used;

        Gathers(int pass, boolean gathers) {
            this.gathers = gathers;
            for (PassWork.Part part : passes.work(pass).parts()) {
                if (part.layer()) {
                    parameters.add(part.parameters());
                }
            }
            if (ahead) {
                issue();
            }
        }

        /// The gather that the next layer waits for.
        int next() {
            if (!gathers) {
                return Program.NONE;
            }
            int wanted = Math.min(parameters.size(), ahead ? used + 2 : used + 1);
            while (issued.size() < wanted) {
                issue();
            }
            return issued.get(used);
        }

        void done(boolean layer) {
            used += layer ? 1 : 0;
        }

        private void issue() {
            if (gathers && issued.size() < parameters.size()) {
                issued.add(calls.gatherShares(parameters.get(issued.size()), last, slowdown));
            }
        }
    }

    private RankParameters parametersOfEnds(int pass) {
        RankParameters sum = RankParameters.NONE;
        for (PassWork.Part part : passes.work(pass).parts()) {
            sum = part.layer() ? sum : sum.plus(part.parameters());
        }
        return sum;
    }

    @Override
    public int endPasses(int after) {
        return after;
    }

    @Override
    public int endStep(int after) {
        return after;
    }
}
