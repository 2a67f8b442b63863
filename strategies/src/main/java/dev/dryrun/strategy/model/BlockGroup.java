// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.model;

import dev.dryrun.strategy.model.StepFlops.AttentionCount;
import java.util.List;

/// Blocks of a model that are equal, wherever they stand between the others.
///
/// @param count of blocks
/// @param sublayers what a block does, in this order: attentions and a feed-forward part
/// @param normParameters of all norms of one block
/// @param sharedParameters that the blocks have together: a table of relative positions, the norm behind the last one
public record BlockGroup(int count, List<Sublayer> sublayers, long normParameters, long sharedParameters)
        implements ModelPart {
    public BlockGroup {
        sublayers = List.copyOf(sublayers);
        if (count < 1) {
            throw new IllegalArgumentException("count is " + count + "; it must be at least 1");
        }
    }

    @Override
    public long parameters() {
        return count
                        * (normParameters
                                + sublayers.stream()
                                        .mapToLong(ModelPart::parameters)
                                        .sum())
                + sharedParameters;
    }

    @Override
    public long activeParameters() {
        return count
                        * (normParameters
                                + sublayers.stream()
                                        .mapToLong(ModelPart::activeParameters)
                                        .sum())
                + sharedParameters;
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
