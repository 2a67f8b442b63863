// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import static org.bytedeco.pytorch.global.torch.linear;

import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.train.KernelTime.Pass;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.jspecify.annotations.Nullable;

/// y = x W^T + b with
///
///     dx = dy W,  dW += dy^T x,  db += sum dy
///
/// over tokens. Where gradients add up in the format of the product, dW is added by the product itself.
final class MatrixProduct implements KernelStep {
    private final Bench bench;
    private final String name;
    private final Value x;
    private final Weight weight;
    private final @Nullable Weight bias;
    private @Nullable Tensor kept;
    private @Nullable Value result;

    MatrixProduct(Bench bench, String name, Value x, Weight weight, @Nullable Weight bias) {
        this.bench = bench;
        this.name = name;
        this.x = x;
        this.weight = weight;
        this.bias = bias;
    }

    Tensor forward(boolean recording) {
        if (recording) {
            kept = Native.alias(x.tensor());
        }
        return timed(
                x.tensor(),
                Pass.FORWARD,
                () -> bias == null
                        ? linear(x.tensor(), weight.tensor())
                        : linear(x.tensor(), weight.tensor(), new TensorOptional(bias.tensor())));
    }

    @Override
    public void made(Value value) {
        result = value;
    }

    @Override
    public void backward() {
        if (result == null || kept == null) {
            throw new IllegalStateException("backward before forward");
        }
        Tensor input = kept;
        Tensor gradient = result.takeGradient();
        Tensor inputGradient = timed(input, Pass.BACKWARD, () -> {
            Tensor rows = flat(gradient);
            addWeightGradient(rows, flat(input));
            if (bias != null) {
                addBiasGradient(bias, gradient);
            }
            return rows.matmul(weight.tensor()).view(input.shape());
        });
        x.accumulate(inputGradient);
        Native.free(inputGradient);
        Native.free(gradient);
        Native.free(input);
        kept = null;
    }

    private void addWeightGradient(Tensor rows, Tensor inputs) {
        Tensor sum = weight.gradient();
        if (sum.scalar_type().intern() == rows.scalar_type().intern()) {
            sum.addmm_(rows.t(), inputs);
        } else {
            sum.add_(rows.t().matmul(inputs));
        }
    }

    /// Times a product and names its shape: rows, outputs, inputs.
    private Tensor timed(Tensor input, Pass pass, java.util.function.Supplier<Tensor> kernel) {
        try (PointerScope scope = Native.scope()) {
            Clock.Mark begin = bench.times().begin();
            Tensor made = Native.keep(kernel.get());
            long inputs = weight.tensor().size(1);
            long[] shape = {input.numel() / inputs, weight.tensor().size(0), inputs};
            bench.times().end(begin, name, shape, pass);
            return made;
        }
    }

    static void addBiasGradient(Weight bias, Tensor gradient) {
        bias.gradient().add_(flat(gradient).sum(0));
    }

    private static Tensor flat(Tensor tensor) {
        return tensor.reshape(-1, tensor.size(tensor.dim() - 1));
    }
}
