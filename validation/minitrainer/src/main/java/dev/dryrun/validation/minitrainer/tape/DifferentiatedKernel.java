// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import dev.dryrun.validation.minitrainer.measure.Clock;
import dev.dryrun.validation.train.KernelTime.Pass;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorArrayRefOptional;
import org.jspecify.annotations.Nullable;

/// A kernel that libtorch differentiates: its inputs and weights are leaves of a graph of its own.
final class DifferentiatedKernel implements KernelStep {
    private final Bench bench;
    private final String name;
    private final List<Value> inputs;
    private final List<Weight> weights;
    private final Kernel kernel;
    private final Tensor[] leaves;
    private @Nullable Tensor root;
    private @Nullable Value result;

    DifferentiatedKernel(Bench bench, String name, List<Value> inputs, List<Weight> weights, Kernel kernel) {
        this.bench = bench;
        this.name = name;
        this.inputs = inputs;
        this.weights = weights;
        this.kernel = kernel;
        leaves = new Tensor[inputs.size() + weights.size()];
    }

    /// Without a graph.
    Tensor forwardAlone() {
        return Tape.timed(
                bench,
                name,
                Pass.FORWARD,
                () -> kernel.run(
                        inputs.stream().map(Value::tensor).toArray(Tensor[]::new),
                        weights.stream().map(Weight::tensor).toArray(Tensor[]::new)));
    }

    /// With a graph; the result is an alias that knows nothing of it.
    Tensor forward() {
        try (PointerScope scope = Native.scope();
                AutoGradMode on = new AutoGradMode(true)) {
            Clock.Mark begin = bench.times().begin();
            for (int i = 0; i < inputs.size(); i++) {
                leaves[i] = leaf(inputs.get(i).tensor());
            }
            for (int i = 0; i < weights.size(); i++) {
                leaves[inputs.size() + i] = leaf(weights.get(i).held());
            }
            Tensor[] ofInputs = java.util.Arrays.copyOf(leaves, inputs.size());
            Tensor[] ofWeights = java.util.Arrays.copyOfRange(leaves, inputs.size(), leaves.length);
            Tensor made = Native.keep(kernel.run(ofInputs, ofWeights));
            root = made;
            bench.times().end(begin, name, made.shape(), Pass.FORWARD);
            return Native.alias(made);
        }
    }

    private static Tensor leaf(Tensor tensor) {
        Tensor leaf = Native.alias(tensor);
        leaf.set_requires_grad(true);
        return leaf;
    }

    @Override
    public void made(Value value) {
        result = value;
    }

    @Override
    public void backward() {
        if (result == null || root == null) {
            throw new IllegalStateException("backward before forward");
        }
        Tensor gradient = result.takeGradient();
        try (PointerScope scope = Native.scope()) {
            Clock.Mark begin = bench.times().begin();
            long[] shape = root.shape();
            root.backward(gradient, new BoolOptional(), false, new TensorArrayRefOptional());
            for (int i = 0; i < weights.size(); i++) {
                Tensor of = leaves[inputs.size() + i].grad();
                if (of.defined()) {
                    weights.get(i).gradient().add_(of);
                }
            }
            for (int i = 0; i < inputs.size(); i++) {
                inputs.get(i).accumulate(leaves[i].grad());
            }
            bench.times().end(begin, name, shape, Pass.BACKWARD);
        }
        Native.free(gradient);
        Native.free(root);
        for (Tensor leaf : leaves) {
            Native.free(leaf);
        }
        root = null;
    }
}
