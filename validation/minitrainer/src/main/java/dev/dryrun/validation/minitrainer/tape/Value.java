// SPDX-License-Identifier: Apache-2.0
package dev.dryrun.validation.minitrainer.tape;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/// A tensor between two kernels, and the gradient that gathers for it in the backward pass.
public final class Value {
    private @Nullable Tensor tensor;
    private @Nullable Tensor gradient;

    /// @param tensor kept, and the value's from now on
    public Value(Tensor tensor) {
        this.tensor = tensor;
    }

    public Tensor tensor() {
        if (tensor == null) {
            throw new IllegalStateException("the value was dropped, and a kernel asks for it");
        }
        return tensor;
    }

    /// Frees the tensor; kernels that need it backward have a hold of their own.
    public void drop() {
        Native.free(tensor);
        tensor = null;
    }

    /// Adds to the gradient.
    ///
    /// @param more of any owner; it is not changed
    public void accumulate(Tensor more) {
        try (PointerScope scope = Native.scope()) {
            Tensor before = gradient;
            gradient = before == null ? Native.alias(more) : Native.keep(before.add(more));
            Native.free(before);
        }
    }

    /// The gradient, which is the caller's to free from now on.
    public Tensor takeGradient() {
        Tensor taken = gradient;
        if (taken == null) {
            throw new IllegalStateException("no gradient has come to the value");
        }
        gradient = null;
        return taken;
    }

    boolean hasGradient() {
        return gradient != null;
    }
}
