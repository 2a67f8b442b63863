// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.train.KernelTime.Pass;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// x + y + b: the gradient of x and of y is that of the sum, that of b its sum over tokens.
final class Addition implements KernelStep {
    private final Bench bench;
    private final String name;
    private final Value x;
    private final Value y;
    private final @Nullable Weight bias;
    private @Nullable Value result;

    Addition(Bench bench, String name, Value x, Value y, @Nullable Weight bias) {
        this.bench = bench;
        this.name = name;
        this.x = x;
        this.y = y;
        this.bias = bias;
    }

    Tensor forward() {
        return Tape.timed(bench, name, Pass.FORWARD, () -> {
            Tensor sum = x.tensor().add(y.tensor());
            return bias == null ? sum : sum.add_(bias.tensor());
        });
    }

    @Override
    public void made(Value value) {
        result = value;
    }

    @Override
    public void backward() {
        if (result == null) {
            throw new IllegalStateException("backward before forward");
        }
        Tensor gradient = result.takeGradient();
        try (PointerScope scope = Native.scope()) {
            Clock.Mark begin = bench.times().begin();
            if (bias != null) {
                MatrixProduct.addBiasGradient(bias, gradient);
            }
            x.accumulate(gradient);
            y.accumulate(gradient);
            bench.times().end(begin, name, gradient.shape(), Pass.BACKWARD);
        }
        Native.free(gradient);
    }
}
