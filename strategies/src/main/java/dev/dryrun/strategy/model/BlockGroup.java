// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.List;

/// Blocks of a model that are equal, wherever they stand between the others.
///
/// @param count of blocks
/// @param sublayers what a block does, in this order: attentions and a feed-forward part
/// @param hidden width of the residual stream
/// @param norm of each sublayer
/// @param finalNorm whether there is one more behind the last of the blocks
/// @param form how the parts of a block hang together
/// @param relativeBiases that the blocks have together: a table of relative positions
/// @param adapters beside their matrices
public record BlockGroup(
        int count,
        List<Sublayer> sublayers,
        long hidden,
        Norm norm,
        BlockForm form,
        boolean finalNorm,
        long relativeBiases,
        Adapters adapters)
        implements ModelPart {
    /// Everything is trained.
    public BlockGroup(
            int count,
            List<Sublayer> sublayers,
            long hidden,
            Norm norm,
            BlockForm form,
            boolean finalNorm,
            long relativeBiases) {
        this(count, sublayers, hidden, norm, form, finalNorm, relativeBiases, Adapters.NONE);
    }

    public BlockGroup {
        sublayers = List.copyOf(sublayers);
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; it must be at least 1");
        }
    }

    /// What each sublayer of a block does in its forward pass, from its norm to its addition to the residual stream, as
    /// one rank sees it.
    public List<List<LayerStep>> steps(LayerCut cut) {
        return new BlockSteps(this, cut).all();
    }

    /// The same with adapters.
    BlockGroup with(Adapters others) {
        return new BlockGroup(count, sublayers, hidden, norm, form, finalNorm, relativeBiases, others);
    }

    /// Elements of all adapters of one block.
    long adapterParameters() {
        return steps(LayerCut.NONE).stream()
                .flatMap(List::stream)
                .filter(LayerStep::isAdapter)
                .mapToLong(LayerStep::parameters)
                .sum();
    }

    /// Parameters of all norms and adapters of one block.
    private long normParameters() {
        return form.norms(sublayers.size()) * norm.parameters(hidden) + (adapters.freeze() ? adapterParameters() : 0);
    }

    private long sharedParameters() {
        return (finalNorm ? norm.parameters(hidden) : 0) + relativeBiases;
    }

    @Override
    public long parameters() {
        return count
                        * (normParameters()
                                + sublayers.stream()
                                        .mapToLong(ModelPart::parameters)
                                        .sum())
                + sharedParameters();
    }

    @Override
    public long activeParameters() {
        return count
                        * (normParameters()
                                + sublayers.stream()
                                        .mapToLong(ModelPart::activeParameters)
                                        .sum())
                + sharedParameters();
    }

    @Override
    public double forwardFlops(long sequenceLength, AttentionCount attention) {
        double block = 0;
        for (Sublayer sublayer : sublayers) {
            block += sublayer.forwardFlops(sequenceLength, attention);
        }
        return count * block;
    }

    @Override
    public long keyValueElements() {
        return count * sublayers.stream().mapToLong(ModelPart::keyValueElements).sum();
    }
}
