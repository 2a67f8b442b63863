// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import static org.bytedeco.pytorch.global.torch.zeros;

import dev.dryrun.validation.minitrainer.group.Groups;
import dev.dryrun.validation.minitrainer.tape.Native;
import java.util.List;
import java.util.function.Predicate;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The Euclidean norm of the gradients of the whole model, in which each weight counts once, however many ranks hold
/// it.
///
/// @param groups of the rank
/// @param shared whether replicas own different elements, else all the same
/// @param isCopy whether another stage counts a weight
/// @param device of the gradients
public record GradientNorm(Groups groups, boolean shared, Predicate<WeightShape> isCopy, Device device) {
    /// Adds the squares of what this rank owns to a sum.
    void addSquares(List<Owned> owned, Tensor sum) {
        try (PointerScope scope = Native.scope()) {
            for (Owned each : owned) {
                addSquares(each, sum);
            }
        }
    }

    /// The norm, of the sum of each rank.
    double of(Tensor sum) {
        if (!groups.world().isAlone()) {
            groups.world().allReduce(sum);
        }
        return Math.sqrt(sum.item_double());
    }

    /// Where a rank begins.
    Tensor nothing() {
        return zeros(1).to(device, ScalarType.Double);
    }

    private void addSquares(Owned each, Tensor sum) {
        if (!shared && groups.data().place() > 0) {
            return;
        }
        long begin = 0;
        long end = 0;
        for (Unit unit : each.bucket().units()) {
            for (Unit.Placed placed : unit.placed()) {
                if (!counts(placed.shape())) {
                    continue;
                }
                if (placed.begin() != end) {
                    addSquares(each, begin, end, sum);
                    begin = placed.begin();
                }
                end = placed.begin() + placed.elements();
            }
        }
        addSquares(each, begin, end, sum);
    }

    /// Adds the squares of what of a stretch of the bucket is owned.
    private static void addSquares(Owned each, long begin, long end, Tensor sum) {
        long from = Math.max(each.begin(), begin);
        long to = Math.min(each.begin() + each.master().numel(), end);
        if (from < to) {
            Tensor part = each.gradient().get().narrow(0, from - each.begin(), to - from);
            sum.add_(part.norm(new Scalar(2)).to(ScalarType.Double).square());
        }
    }

    private boolean counts(WeightShape shape) {
        return (shape.isCut() || groups.tensor().place() == 0) && !isCopy.test(shape);
    }
}
