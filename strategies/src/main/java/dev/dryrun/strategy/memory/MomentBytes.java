// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.memory;

import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.strategy.model.ParameterCounts;
import dev.dryrun.strategy.model.WeightMatrices;
import dev.dryrun.strategy.model.WeightMatrices.Matrix;
import java.util.ArrayList;
import java.util.List;

/// Bytes of the moments that an optimizer keeps of a rank's parameters.
///
///     Adam, Lion, SGD    moments * bytes, for each parameter
///     Adafactor          4 (r + c) for a matrix of r x c, 4 for each other parameter
///     Muon               4 for each element of a layer's matrix, 8 for each other parameter
///
/// Sources: arXiv:1804.04235, section 3; arXiv:2502.16982, section 2.2.
final class MomentBytes {
    private final Optimizer optimizer;
    private final ParameterCounts counts;
    private final WeightMatrices matrices;

    MomentBytes(Optimizer optimizer, ParameterCounts counts) {
        this.optimizer = optimizer;
        this.counts = counts;
        matrices = new WeightMatrices(counts);
    }

    /// @param blocks the group of each block of the rank
    double ofRank(List<Integer> blocks, boolean embedding, boolean head) {
        double parameters = counts.freezes() ? 0 : counts.ends(embedding, head);
        for (int group : blocks) {
            parameters += counts.block(group).trained().total();
        }
        return switch (optimizer) {
            case ADAM, ADAMW, ADAM_8BIT, LION, MOMENTUM, SGD -> optimizer.wholeMomentBytes() * parameters;
            case ADAFACTOR -> {
                double factored = 0;
                double inMatrices = 0;
                for (Matrix matrix : all(blocks, embedding, head)) {
                    factored += optimizer.momentBytes() * (double) (matrix.rows() + matrix.columns());
                    inMatrices += matrix.elements();
                }
                yield factored + optimizer.wholeMomentBytes() * (parameters - inMatrices);
            }
            case MUON -> {
                double inMatrices = matrices.elements(blocks);
                yield optimizer.moments() * optimizer.momentBytes() * inMatrices
                        + optimizer.wholeMomentBytes() * (parameters - inMatrices);
            }
        };
    }

    private List<Matrix> all(List<Integer> blocks, boolean embedding, boolean head) {
        List<Matrix> all = new ArrayList<>(matrices.ends(embedding, head));
        all.addAll(matrices.of(blocks));
        return all;
    }
}
