// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.List;

/// Modules that training adds to predict tokens further ahead: each joins the stream with the embedding of the next
/// token by a matrix of 2h by h, behind two norms, and runs one more block, a norm and the model's own head.
/// Embedding and head are the model's, hence counted there. Source: DeepSeek-AI, 2024, arXiv:2412.19437, section 2.2.
///
/// @param block the blocks of all modules
/// @param hidden width of the residual stream
/// @param norm of the three that a module has beside its block
/// @param head of the model, which each module uses once more
public record PredictionModules(BlockGroup block, long hidden, Norm norm, Head head) implements ModelPart {
    /// Norms of a module: of the stream, of the embedding, before the head.
    private static final int NORMS = 3;

    @Override
    public long parameters() {
        return block.parameters() + block.count() * joinParameters();
    }

    @Override
    public long activeParameters() {
        return block.activeParameters() + block.count() * joinParameters();
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount count) {
        double join = 2.0 * sequenceLength * joinMatrix();
        return block.forwardFlops(sequenceLength, count)
                + block.count() * (join + head.forwardFlops(sequenceLength, count));
    }

    PredictionModules with(Adapters adapters) {
        return new PredictionModules(block.with(adapters), hidden, norm, head);
    }

    /// Modules behind a model whose last group of blocks theirs are like.
    static PredictionModules like(BlockGroup last, int count, long hidden, Norm norm, Head head) {
        var block = new BlockGroup(count, last.sublayers(), last.hidden(), last.norm(), last.form(), false, 0);
        return new PredictionModules(block, hidden, norm, head);
    }

    /// What a module does ahead of its block, as every rank does it for its own tokens; and the norm behind the block.
    public List<List<LayerStep>> joinSteps() {
        long ofNorm = norm.parameters(hidden);
        return List.of(List.of(
                new LayerStep.Normalise("norm of the stream", hidden, hidden, false, ofNorm),
                new LayerStep.Normalise("norm of the embedding", hidden, hidden, false, ofNorm),
                new LayerStep.Multiply("join", hidden, 2 * hidden, LayerStep.Split.NONE, true, 0),
                new LayerStep.Normalise("norm of the module", hidden, hidden, false, ofNorm)));
    }

    /// Modules.
    public int count() {
        return block.count();
    }

    private long joinParameters() {
        return joinMatrix() + NORMS * norm.parameters(hidden);
    }

    private long joinMatrix() {
        return 2 * hidden * hidden;
    }
}
