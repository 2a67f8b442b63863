// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.model;

import static org.bytedeco.pytorch.global.torch.layer_norm;
import static org.bytedeco.pytorch.global.torch.rms_norm;

import dev.dryrun.strategy.model.Norm;
import dev.dryrun.validation.minitrainer.tape.Tape;
import dev.dryrun.validation.minitrainer.tape.Value;
import dev.dryrun.validation.minitrainer.tape.Weight;
import dev.dryrun.validation.minitrainer.weights.Unit;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.TensorOptional;

/// LayerNorm, or RMSNorm where the norm has no shift.
final class NormKernel {
    private static final double EPSILON = 1e-5;

    private NormKernel() {}

    static Value run(Tape tape, Value x, Unit unit, String name, Norm norm) {
        Weight scale = unit.weight(name + ".scale");
        if (norm.biases()) {
            return tape.kernel(
                    "norm",
                    List.of(x),
                    List.of(scale, unit.weight(name + ".shift")),
                    (inputs, weights) -> layer_norm(
                            inputs[0],
                            weights[0].shape(),
                            new TensorOptional(weights[0]),
                            new TensorOptional(weights[1]),
                            EPSILON,
                            false));
        }
        return tape.kernel(
                "norm",
                List.of(x),
                List.of(scale),
                (inputs, weights) -> rms_norm(
                        inputs[0], weights[0].shape(), new TensorOptional(weights[0]), new DoubleOptional(EPSILON)));
    }
}
