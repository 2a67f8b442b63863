// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import dev.dryrun.strategy.job.Optimizer;
import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.minitrainer.measure.KernelTimes;
import dev.dryrun.validation.minitrainer.tape.Native;
import dev.dryrun.validation.train.KernelTime.Pass;
import dev.dryrun.validation.train.TrainingOrder;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The optimizer of a rank: clips gradients by the norm of all, and updates what the rank owns.
public final class OptimizerStep {
    private final List<Owned> owned;
    private final List<Update> updates = new ArrayList<>();
    private final GradientNorm norm;
    private final double clipNorm;
    private final KernelTimes times;
    private int steps;

    public OptimizerStep(List<Owned> owned, Optimizer kind, TrainingOrder order, GradientNorm norm, KernelTimes times) {
        this.owned = owned;
        this.norm = norm;
        this.times = times;
        clipNorm = order.clipNorm();
        owned.forEach(each -> updates.add(updateOf(kind, each.master(), order)));
    }

    private static Update updateOf(Optimizer kind, Tensor master, TrainingOrder order) {
        double rate = order.learningRate();
        return switch (kind) {
            case ADAMW -> new AdamUpdate(master, rate, order.weightDecay());
            case ADAM -> new AdamUpdate(master, rate, 0);
            case MOMENTUM -> new MomentumUpdate(master, rate);
            case SGD -> (weights, gradients, step) -> weights.add_(gradients, new Scalar(-rate));
            case ADAM_8BIT, ADAFACTOR, LION, MUON ->
                throw new IllegalArgumentException("optimizer is " + kind + ", which is not implemented");
        };
    }

    private double length() {
        try (PointerScope scope = Native.scope()) {
            Clock.Mark begin = times.begin();
            Tensor squares = norm.nothing();
            norm.addSquares(owned, squares);
            long elements =
                    owned.stream().mapToLong(each -> each.master().numel()).sum();
            times.end(begin, "gradient norm", new long[] {elements}, Pass.NEITHER);
            return norm.of(squares);
        }
    }

    /// Updates, and returns the norm of the gradients before they were clipped.
    public double step() {
        double length = length();
        double factor = clipNorm > 0 && length > clipNorm ? clipNorm / length : 1;
        steps++;
        for (int i = 0; i < owned.size(); i++) {
            try (PointerScope scope = Native.scope()) {
                Clock.Mark begin = times.begin();
                Tensor master = owned.get(i).master();
                Tensor gradient = owned.get(i).gradient().get().to(ScalarType.Float);
                updates.get(i).apply(master, factor < 1 ? gradient.mul(new Scalar(factor)) : gradient, steps);
                times.end(begin, "optimizer", master.shape(), Pass.NEITHER);
            }
        }
        return length;
    }
}
