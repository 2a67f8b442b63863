// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Part of a model of which only the inputs are kept. The backward pass runs it forward again, on a tape of its own,
/// and plays that back.
final class RunAgain implements KernelStep {
    private final Bench bench;
    private final List<Value> inputs;
    private final BiFunction<Tape, List<Value>, Value> part;
    private final List<Value> kept = new ArrayList<>();
    private @Nullable Value result;

    RunAgain(Bench bench, List<Value> inputs, BiFunction<Tape, List<Value>, Value> part) {
        this.bench = bench;
        this.inputs = inputs;
        this.part = part;
    }

    Tensor forward(boolean recording) {
        if (recording) {
            inputs.forEach(input -> kept.add(new Value(Native.alias(input.tensor()))));
        }
        Tape silent = Tape.silent(bench);
        Value made = part.apply(silent, inputs);
        silent.letGoExcept(made);
        Tensor alias = Native.alias(made.tensor());
        made.drop();
        return alias;
    }

    /// What it makes, in a scope that ends before the backward pass, so that kernels are the only ones to hold what
    /// they keep.
    private Value forward(Tape tape) {
        try (PointerScope scope = Native.scope()) {
            Value again = part.apply(tape, kept);
            tape.letGoExcept(again);
            again.drop();
            return again;
        }
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
        Tape tape = Tape.recording(bench);
        Value again = forward(tape);
        Tensor gradient = result.takeGradient();
        tape.backward(again, gradient);
        Native.free(gradient);
        for (int i = 0; i < inputs.size(); i++) {
            Tensor of = kept.get(i).takeGradient();
            inputs.get(i).accumulate(of);
            Native.free(of);
            kept.get(i).drop();
        }
    }
}
