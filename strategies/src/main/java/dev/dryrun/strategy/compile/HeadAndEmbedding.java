// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.strategy.compile;

import dev.dryrun.hardware.collective.CollectiveKind;
import dev.dryrun.strategy.compile.Op.Collective;
import dev.dryrun.strategy.job.Stack;
import java.util.ArrayList;
import java.util.List;

/// What comes before the first layer and after the last: embedding, final norm, logits and loss.
///
/// The vocabulary is split over the tensor group: the embedding's partial rows are summed, and the loss needs three
/// small sums over the group for the maximum, the target's logit and the denominator (Shoeybi et al., 2019,
/// arXiv:1909.08053, section 3).
final class HeadAndEmbedding {
    private static final int LOSS_VALUE_BYTES = 4;

    private final KernelTimes times;
    private final LayerDimensions sizes;
    private final Stack stack;
    private final boolean frozen;

    /// @param frozen whether neither is trained
    HeadAndEmbedding(KernelTimes times, LayerDimensions sizes, Stack stack, boolean frozen) {
        this.times = times;
        this.sizes = sizes;
        this.stack = stack;
        this.frozen = frozen;
    }

    List<Op> embeddingForward() {
        List<Op> ops = new ArrayList<>();
        Op.Kernel lookUp = times.moves(
                "embedding",
                sizes.residualElements(),
                stack.traffic().embedding().forward(),
                Category.COMPUTE);
        times.addCollective(
                ops,
                lookUp,
                new Collective("sum of embedding", times.sumKind(), times.activationTransferBytes(false)),
                false);
        return ops;
    }

    List<Op> embeddingBackward() {
        List<Op> ops = new ArrayList<>();
        if (frozen) {
            return ops;
        }
        Op.Kernel scatter = times.moves(
                "embedding backward",
                (double) sizes.tokens() * sizes.hidden(),
                stack.traffic().embedding().backward(),
                Category.COMPUTE);
        if (sizes.sequenceParallel()) {
            times.addCollective(
                    ops,
                    scatter,
                    new Collective(
                            "gather gradient of embedding",
                            CollectiveKind.ALL_GATHER,
                            times.activationTransferBytes(false)),
                    false);
        } else {
            ops.add(scatter);
        }
        return ops;
    }

    List<Op> headForward() {
        List<Op> ops = new ArrayList<>();
        ops.add(times.moves(
                "final norm", sizes.residualElements(), stack.traffic().norm().forward(), Category.COMPUTE));
        Op.Kernel logits = times.logits();
        if (sizes.sequenceParallel()) {
            times.addCollective(ops, logits, gatherInput(), false);
        } else {
            ops.add(logits);
        }
        if (sizes.tensor() > 1) {
            for (String what : List.of("maximum", "target", "denominator")) {
                ops.add(new Collective(
                        "loss " + what, CollectiveKind.ALL_REDUCE, (double) LOSS_VALUE_BYTES * sizes.tokens()));
            }
        }
        ops.add(times.moves(
                "loss", logitElements(), stack.traffic().crossEntropy().forward(), Category.COMPUTE));
        return ops;
    }

    List<Op> headBackward() {
        List<Op> ops = new ArrayList<>();
        ops.add(times.moves(
                "loss backward", logitElements(), stack.traffic().crossEntropy().backward(), Category.COMPUTE));
        boolean overlaps = stack.tensorOverlap() != Stack.TensorOverlap.NONE;
        Op.Kernel dataGradient = times.logitsDataGradient();
        if (sizes.sequenceParallel() && !frozen) {
            times.addCollective(ops, dataGradient, gatherInput().forWeights(), overlaps);
        } else {
            ops.add(dataGradient);
        }
        Collective sum =
                new Collective("sum gradient of logits", times.sumKind(), times.activationTransferBytes(false));
        if (frozen) {
            times.addSum(ops, sum);
        } else if (overlaps) {
            times.addCollective(ops, times.logitsWeightGradient(), sum, true);
        } else {
            times.addSumThen(ops, sum, times.logitsWeightGradient());
        }
        if (!frozen) {
            times.addGradientSum(ops, "logits", sizes.vocabularyWidth(), sizes.hidden());
        }
        ops.add(times.moves(
                "final norm backward",
                sizes.residualElements(),
                stack.traffic().norm().backward(),
                Category.COMPUTE));
        return ops;
    }

    private Collective gatherInput() {
        return new Collective("gather for logits", CollectiveKind.ALL_GATHER, times.activationTransferBytes(false));
    }

    private double logitElements() {
        return (double) sizes.tokens() * sizes.vocabularyWidth();
    }
}
