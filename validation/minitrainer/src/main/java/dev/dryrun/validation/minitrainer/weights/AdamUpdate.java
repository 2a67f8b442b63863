// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.weights;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import dev.dryrun.validation.minitrainer.tape.Native;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/// Adam, and with a weight decay of its own AdamW:
///
///     m = b1 m + (1 - b1) g,  v = b2 v + (1 - b2) g^2
///     w = w - lr d w - lr m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + e)
///
/// Sources: Kingma and Ba, 2014, arXiv:1412.6980, algorithm 1; Loshchilov and Hutter, 2017, arXiv:1711.05101,
/// algorithm 2.
final class AdamUpdate implements Update {
    private static final double BETA_1 = 0.9;
    private static final double BETA_2 = 0.999;
    private static final double EPSILON = 1e-8;

    private final double learningRate;
    private final double weightDecay;
    private final Tensor first;
    private final Tensor second;

    AdamUpdate(Tensor like, double learningRate, double weightDecay) {
        this.learningRate = learningRate;
        this.weightDecay = weightDecay;
        try (PointerScope scope = Native.scope()) {
            first = Native.keep(zeros_like(like));
            second = Native.keep(zeros_like(like));
        }
    }

    @Override
    public void apply(Tensor weights, Tensor gradients, int step) {
        if (weightDecay > 0) {
            weights.mul_(new Scalar(1 - learningRate * weightDecay));
        }
        first.mul_(new Scalar(BETA_1)).add_(gradients, new Scalar(1 - BETA_1));
        second.mul_(new Scalar(BETA_2)).addcmul_(gradients, gradients, new Scalar(1 - BETA_2));
        double firstShare = 1 - Math.pow(BETA_1, step);
        double secondShare = 1 - Math.pow(BETA_2, step);
        Tensor scale = second.sqrt().div_(new Scalar(Math.sqrt(secondShare))).add_(new Scalar(EPSILON));
        weights.addcdiv_(first, scale, new Scalar(-learningRate / firstShare));
    }
}
