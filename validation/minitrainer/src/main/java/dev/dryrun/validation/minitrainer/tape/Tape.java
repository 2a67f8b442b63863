// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.train.KernelTime.Pass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.BiFunction;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// Kernels in the order in which they ran forward; the backward pass goes through them in the opposite order.
///
/// Each kernel is differentiated by itself, by libtorch or by hand, so that collectives can stand between kernels,
/// what is kept is known, and each has a time of its own in both passes. A tape that does not record keeps nothing: it
/// serves the forward pass of what is computed again.
public final class Tape {
    private final Bench bench;
    private final boolean recording;
    private final Deque<Step> steps = new ArrayDeque<>();
    /// Results of kernels, freed when the tape was played back or its values were let go of.
    private final List<Value> values = new ArrayList<>();

    private Tape(Bench bench, boolean recording) {
        this.bench = bench;
        this.recording = recording;
    }

    /// A tape that records.
    public static Tape recording(Bench bench) {
        return new Tape(bench, true);
    }

    /// A tape for one forward pass without gradients.
    public static Tape silent(Bench bench) {
        return new Tape(bench, false);
    }

    public Bench bench() {
        return bench;
    }

    boolean isRecording() {
        return recording;
    }

    /// Runs a kernel that libtorch differentiates.
    public Value kernel(String name, List<Value> inputs, List<Weight> weights, Kernel kernel) {
        var step = new DifferentiatedKernel(bench, name, inputs, weights, kernel);
        return ran(step, recording ? step.forward() : step.forwardAlone());
    }

    /// x W^T + b, with its gradients by hand: only x is kept, and the weight's gradient is added in place.
    public Value linear(String name, Value x, Weight weight, @Nullable Weight bias) {
        var step = new MatrixProduct(bench, name, x, weight, bias);
        return ran(step, step.forward(recording));
    }

    /// x + y + b, of which nothing is kept.
    public Value add(String name, Value x, Value y, @Nullable Weight bias) {
        var step = new Addition(bench, name, x, y, bias);
        return ran(step, step.forward());
    }

    /// Rows of a table.
    ///
    /// @param ids of the rows, of any shape; the caller's, and held until the backward pass
    /// @param first number of the first row of this part of the table, of whose other rows the result is zero; -1 where
    /// the table is whole
    public Value rows(String name, Weight table, Tensor ids, long first) {
        var step = new TableRows(bench, name, table, ids, first);
        return ran(step, step.forward(recording));
    }

    /// Lets ranks exchange a value.
    public Value exchange(Value x, Exchange exchange) {
        var step = new Exchanged(x, exchange);
        return ran(step, step.forward());
    }

    /// Runs part of a model without keeping anything but its inputs; the backward pass runs it again.
    public Value again(List<Value> inputs, BiFunction<Tape, List<Value>, Value> part) {
        var step = new RunAgain(bench, inputs, part);
        return ran(step, step.forward(recording));
    }

    /// Has something done when the backward pass comes to this place.
    public void onBackward(Runnable what) {
        if (recording) {
            steps.push(what::run);
        }
    }

    private Value ran(KernelStep step, Tensor result) {
        Value value = new Value(result);
        values.add(value);
        if (recording) {
            step.made(value);
            steps.push(step);
        }
        bench.memory().look();
        return value;
    }

    /// Frees the results of all kernels but one, which is the caller's; the kernels keep what they need.
    public void letGoExcept(Value result) {
        for (Value value : values) {
            if (value != result) {
                value.drop();
            }
        }
        values.clear();
    }

    /// Plays the tape back.
    ///
    /// @param result where the backward pass begins
    /// @param gradient of the loss with respect to it; the caller's
    public void backward(Value result, Tensor gradient) {
        result.accumulate(gradient);
        while (!steps.isEmpty()) {
            try (PointerScope scope = Native.scope()) {
                steps.pop().backward();
            }
            bench.memory().look();
        }
    }

    /// Runs something as a kernel, measured.
    static Tensor timed(Bench bench, String name, Pass pass, java.util.function.Supplier<Tensor> kernel) {
        try (PointerScope scope = Native.scope()) {
            Clock.Mark begin = bench.times().begin();
            Tensor result = Native.keep(kernel.get());
            bench.times().end(begin, name, result.shape(), pass);
            return result;
        }
    }
}
