// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import dev.dryrun.validation.minitrainer.tape.Native;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// SGD with momentum: u = 0.9 u + g, w = w - lr u.
final class MomentumUpdate implements Update {
    private static final double MOMENTUM = 0.9;

    private final double learningRate;
    private final Tensor velocity;

    MomentumUpdate(Tensor like, double learningRate) {
        this.learningRate = learningRate;
        try (PointerScope scope = Native.scope()) {
            velocity = Native.keep(zeros_like(like));
        }
    }

    @Override
    public void apply(Tensor weights, Tensor gradients, int step) {
        velocity.mul_(new Scalar(MOMENTUM)).add_(gradients);
        weights.add_(velocity, new Scalar(-learningRate));
    }
}
