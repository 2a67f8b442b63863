// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// An exchange that took place.
final class Exchanged implements KernelStep {
    private final Value x;
    private final Exchange exchange;
    private @Nullable Value result;

    Exchanged(Value x, Exchange exchange) {
        this.x = x;
        this.exchange = exchange;
    }

    Tensor forward() {
        return exchange.forward(x.tensor());
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
        Tensor exchanged = exchange.backward(gradient);
        x.accumulate(exchanged);
        Native.free(exchanged);
        Native.free(gradient);
    }
}
